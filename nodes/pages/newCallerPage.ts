import type { CallType } from '../call/Call';
import { isAnonymous } from '../phone/phoneNumber';
import { html, type Html } from './html';
import type { Language } from './language';
import { moment, type Reader } from './moments';
import { pageOf, type Page } from './page';
import { actionList, type PageAction } from './PageAction';
import { shownNumber } from './shownNumber';
import { wordsOf } from './words/wordsOf';

/** An earlier call with the number. */
export interface EarlierCall {
	/** Null where it is not known. */
	callType: CallType | null;
	/** ISO 8601. */
	startedAt: string | null;
	/** Name or extension of the agent. */
	agent: string | null;
	talkSeconds: number;
}

export interface NewCaller {
	reader: Reader;
	number: string;
	/** In which numbers without country code are dialled; null if nobody knows. */
	country: string | null;
	/** What the network shows beside the number; empty if it shows nothing. */
	displayName: string;
	/** The newest first. */
	calls: EarlierCall[];
	actions: PageAction[];
}

/** Nobody knows the caller: the number, the last calls, and what can be done. */
export function newCallerPage(caller: NewCaller): Page {
	const { reader, number, country, displayName, calls } = caller;
	const words = wordsOf(reader.language);
	const isHidden = isAnonymous(number);
	const shown = isHidden ? words.anonymous : shownNumber(number, country);
	const actions = actionList(caller.actions, isHidden ? '' : shown, reader.language);
	const tellsName = displayName !== '' && displayName !== number;
	return pageOf({
		language: reader.language,
		title: `${words.newCaller.title}: ${shown}`,
		body: html`<h1>${words.newCaller.title}</h1>
			<p class="number"><bdi>${shown}</bdi></p>
			<p class="soft">
				${isHidden ? words.newCaller.withheld : words.newCaller.explanation}${tellsName &&
				html`<br />${words.newCaller.shownAs}${words.colon}<bdi>${displayName}</bdi>`}
			</p>
			${actions.length > 0 &&
			html`<h2>${words.newCaller.actions}</h2>
				<div class="actions">${actions}</div>`}
			${!isHidden &&
			html`<h2>${words.newCaller.lastCalls}</h2>
				${callList(calls, reader)}`}`,
	});
}

function callList(calls: EarlierCall[], reader: Reader): Html {
	const { newCaller } = wordsOf(reader.language);
	if (calls.length === 0) return html`<p class="soft">${newCaller.noCalls}</p>`;
	return html`<ul class="list">
		${calls.map((call) => entry(call, reader))}
	</ul>`;
}

function entry(call: EarlierCall, reader: Reader): Html {
	const words = wordsOf(reader.language);
	const what = call.callType === null ? words.call : words.callTypes[call.callType];
	const facts = [call.agent, talkTime(call.talkSeconds, reader.language)].filter(Boolean);
	return html`<li>
		<p class="row"><span>${what}</span>${moment(call.startedAt, reader)}</p>
		<p class="facts soft small">${facts.map((fact) => html`<bdi>${fact}</bdi>`)}</p>
	</li> `;
}

function talkTime(seconds: number, language: Language): string {
	if (!(seconds > 0)) return '';
	return wordsOf(language).duration(Math.floor(seconds / 60), Math.floor(seconds % 60));
}
