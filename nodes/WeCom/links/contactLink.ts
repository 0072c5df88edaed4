import { refuseLonger } from '../menus/menuBody';
import { refusal } from '../refusal';

const LONGEST_SCENE = 32;
const LONGEST_PARAMETERS = 128;

/** @throws ServiceError if WeCom would not take the scene (wecom-kf.md, 7.1) */
export function sceneOf(typed: string): string {
	if (typed.length <= LONGEST_SCENE && /^[0-9a-zA-Z_-]*$/.test(typed)) return typed;
	throw refusal(
		`"${typed.slice(0, 50)}" cannot be a scene`,
		`Use up to ${LONGEST_SCENE} letters without accents, digits, hyphens and underscores.`,
	);
}

/**
 * The address with what is to come back when a customer opens it. Nothing else of it may be altered (wecom-kf.md, 7.1).
 *
 * @param url as WeCom has given it
 * @param parameters by name; empty adds nothing
 * @throws ServiceError if there is no scene, or too much of it
 */
export function linkWithParameters(
	url: string,
	scene: string,
	parameters: Readonly<Record<string, string>>,
): string {
	const text = Object.entries(parameters)
		.map(([name, value]) => `${withoutSeparators(name)}=${withoutSeparators(value)}`)
		.join('&');
	if (text === '') return url;
	if (scene === '') {
		throw refusal(
			'Scene parameters come back only with a scene',
			'Fill in the parameter Scene, or remove the scene parameters.',
		);
	}
	const encoded = encodeURIComponent(text);
	refuseLonger('The text of all scene parameters', encoded, LONGEST_PARAMETERS);
	return `${url}&scene_param=${encoded}`;
}

/** The whole is encoded once more; nothing else needs to be, or few Chinese characters would fill it. */
function withoutSeparators(text: string): string {
	return text.replace(/[%&=+]/g, encodeURIComponent);
}
