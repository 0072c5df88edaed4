import { basename } from 'node:path';
import omit from 'lodash/omit.js';

import { readTemplate, templateFiles, wiresOf, type Template } from './templateFiles.mts';
import { codeAndTexts, hasChinese, stringsIn } from './templateStrings.mts';

/** The same node in the other language stands at the same place in the list. */
function translator(english: Template, chinese: Template): (text: string) => string {
	const names = english.nodes.map(({ name }, index) => [name, chinese.nodes[index].name]);
	return (text) =>
		names.reduce((changed, [from, to]) => changed.replaceAll(`$('${from}')`, `$('${to}')`), text);
}

/** What is left of a value when its texts are taken out. */
const skeleton = (value: unknown): unknown =>
	JSON.parse(JSON.stringify(value, (_key, inner) => (typeof inner === 'string' ? '' : inner)));

/** Equal, or a text for people that has been translated. */
function saysTheSame(english: string, chinese: string): boolean {
	if (english === chinese) return true;
	if (!english.startsWith('=')) return hasChinese(chinese);
	const one = codeAndTexts(english);
	const other = codeAndTexts(chinese);
	return (
		one.code === other.code &&
		one.texts.length === other.texts.length &&
		one.texts.every((text, index) => text === other.texts[index] || hasChinese(other.texts[index]))
	);
}

const wiresByPlace = (template: Template) => {
	const place = (name: string) => template.nodes.findIndex((node) => node.name === name);
	return wiresOf(template)
		.map(({ from, output, node, index }) => [place(from), output, place(node), index].join(' '))
		.sort();
};

it('the Chinese templates are the English ones', () => {
	expect(templateFiles('zh-CN').map((file) => basename(file))).toEqual(templateFiles());
});

describe.each(templateFiles())('%s in Chinese', (file) => {
	const english = readTemplate(file);
	const chinese = readTemplate(`zh-CN/${file}`);

	it('has a Chinese name', () => {
		expect(hasChinese(chinese.name)).toBe(true);
	});

	it('has the same nodes in the same places', () => {
		const plan = ({ nodes }: Template) => nodes.map((node) => omit(node, ['name', 'parameters']));
		expect(plan(chinese)).toEqual(plan(english));
	});

	it('has the same connections', () => {
		expect(wiresByPlace(chinese)).toEqual(wiresByPlace(english));
	});

	it('differs in texts for people only', () => {
		const translate = translator(english, chinese);
		english.nodes.forEach(({ name, parameters }, index) => {
			const translated = chinese.nodes[index].parameters;
			expect({ name, parameters: skeleton(translated) }).toEqual({
				name,
				parameters: skeleton(parameters),
			});
			const texts = stringsIn(translated);
			const wrong = stringsIn(parameters).filter(
				({ text }, place) => !saysTheSame(translate(text), texts[place].text),
			);
			expect({ name, wrong }).toEqual({ name, wrong: [] });
		});
	});

	it('names the nodes in its notes as they are called in it', () => {
		const wrong = english.nodes.flatMap(({ parameters }, index) =>
			english.nodes
				.map(({ name }, place) => ({ name, translated: chinese.nodes[place].name }))
				.filter(({ name }) => String(parameters.content ?? '').includes(`**${name}**`))
				.map(({ translated }) => translated)
				.filter(
					(translated) =>
						!String(chinese.nodes[index].parameters.content).includes(`**${translated}**`),
				),
		);
		expect(wrong).toEqual([]);
	});

	it('has the same samples', () => {
		const samples = ({ nodes, pinData }: Template) => nodes.map(({ name }) => pinData[name]);
		expect(samples(chinese)).toEqual(samples(english));
	});
});
