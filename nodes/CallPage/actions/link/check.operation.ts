import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { checkLink, type GoodLink, type LinkRefusal } from '../../../links/checkLink';
import type { LinkPurpose } from '../../../links/Link';
import type { Language } from '../../../pages/language';
import { wordsOf } from '../../../pages/words/wordsOf';
import { isAnonymous, parseNumber } from '../../../phone/phoneNumber';
import { systemClock } from '../../../transport/Clock';
import { countryParameter, chosenCountry } from '../../countryParameter';
import { chosenLanguage, languageParameter } from '../../languageParameter';
import { objectIn } from '../../itemData';
import { signingKeys } from '../../signingKeys';
import { purposeParameter } from './purposeParameter';

/** Says whether the link of a request is good: adds `link` to the item, whatever a stranger has sent. */
export const check: Operation = {
	description: shownFor('link', 'check', [
		purposeParameter,
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '={{ $json.query }}',
			required: true,
			description: 'Of the request, as the Webhook node gives it',
		},
		{
			displayName: 'Number Parameter',
			name: 'numberParameter',
			type: 'string',
			default: 'number',
			description:
				'Which parameter of the link holds a telephone number. Its plus sign may have become a blank.',
		},
		countryParameter,
		languageParameter,
	]),
	async execute(context: IExecuteFunctions, itemIndex: number) {
		const { json } = context.getInputData()[itemIndex];
		const { accepted } = await signingKeys(context, itemIndex);
		const checked = checkLink(
			objectIn(context.getNodeParameter('query', itemIndex)),
			context.getNodeParameter('purpose', itemIndex) as LinkPurpose,
			accepted,
			systemClock.now(),
		);
		const language = chosenLanguage(context, itemIndex);
		const link =
			'refusal' in checked
				? refusedLink(checked.refusal, language)
				: goodLink(
						checked.good,
						String(context.getNodeParameter('numberParameter', itemIndex)),
						chosenCountry(context, itemIndex),
					);
		return [{ json: { ...json, link: { ...link, language } } }];
	},
};

/** Holds nothing of the link, so that no workflow can go on with it by mistake. */
function refusedLink(refusal: LinkRefusal, language: Language): IDataObject {
	const [reason, advice] = wordsOf(language).refusals[refusal];
	return {
		valid: false,
		refusal,
		reason,
		advice,
		extension: null,
		user: null,
		expiresAt: null,
		number: null,
		anonymous: null,
		parameters: {},
		signedNames: [],
	};
}

function goodLink(
	{ claims, parameters, signedNames }: GoodLink,
	numberParameter: string,
	country: string | null,
): IDataObject {
	const number = parameters[numberParameter] ?? null;
	return {
		valid: true,
		refusal: null,
		reason: null,
		advice: null,
		extension: claims.extension || null,
		user: claims.user || null,
		expiresAt: claims.expires === 0 ? null : new Date(claims.expires * 1000).toISOString(),
		number: number === null ? null : (parseNumber(number, country)?.e164 ?? number.trim()),
		anonymous: number === null ? null : isAnonymous(number),
		parameters,
		signedNames,
	};
}
