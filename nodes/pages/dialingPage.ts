import { samePage } from './addresses';
import { dialingScript } from './dialingScript';
import { html, type Html } from './html';
import type { Language } from './language';
import { pageOf, type Page } from './page';
import { shownNumber } from './shownNumber';
import { wordsOf } from './words/wordsOf';

export const dialingStates = ['connected', 'ended', 'failed', 'ready', 'ringing'] as const;
export type DialingState = (typeof dialingStates)[number];

export interface Dialing {
	language: Language;
	state: DialingState;
	number: string;
	/** In which numbers without country code are dialled; null if nobody knows. */
	country: string | null;
	/** Whom the number belongs to; empty if nobody knows. */
	name: string;
	/** That rings first. */
	extension: string;
	/** Why the call failed or ended, in the words of the PBX; empty if there are none. */
	reason: string;
	/** Of the request, with which the page was asked for. */
	query: unknown;
	/** Names the call while it lasts; empty: the page does not follow it. */
	callId: string;
	/** After how many seconds the page asks again how the call is going. */
	refreshSeconds: number;
	/** Comes back with the form, so that the same page sent twice is known. */
	once: string;
}

/** In the query of the page that follows a call. */
export const CALL_PARAMETER = 'call';
/** Field of the form that starts a call. */
export const ONCE_FIELD = 'once';

/** How a call that was asked for by a click is going. Only its form, sent by POST, dials; to look at it does not. */
export function dialingPage(dialing: Dialing): Page {
	const { language, state, name, extension, query, callId } = dialing;
	const { colon, dialing: words } = wordsOf(language);
	const number = shownNumber(dialing.number, dialing.country);
	const lasts = state === 'ringing' || state === 'connected';
	const next = {
		address: samePage(query, { [CALL_PARAMETER]: callId }),
		seconds: dialing.refreshSeconds,
	};
	return pageOf({
		language,
		title: `${words.states[state]}: ${name || number}`,
		body: html`<div class="card">
			<h1><bdi>${name || number}</bdi></h1>
			${name !== '' && html`<p class="number"><bdi>${number}</bdi></p>`}
			<p class="state ${moods[state]}" role="${state === 'failed' ? 'alert' : 'status'}">
				${words.states[state]}
			</p>
			${dialing.reason === ''
				? html`<p class="soft">${words.explanations[state]}</p>`
				: html`<blockquote class="${moods[state]}">
						<span class="small">${words.reason}</span><br /><bdi>${dialing.reason}</bdi>
					</blockquote>`}
			${extension !== '' &&
			html`<p class="soft small">${words.yourPhone}${colon}<bdi>${extension}</bdi></p>`}
			${!lasts && callForm(dialing)}
		</div>`,
		...(state === 'ready' ? { script: dialingScript } : {}),
		...(lasts && callId !== '' ? { next } : {}),
	});
}

const moods: Record<DialingState, string> = {
	connected: 'good',
	ended: '',
	failed: 'bad',
	ready: '',
	ringing: 'busy',
};

function callForm({ language, state, query, once }: Dialing): Html {
	const words = wordsOf(language).dialing;
	const label = state === 'ready' ? words.call : words.callAgain;
	return html`<form method="post" action="${samePage(query, { [CALL_PARAMETER]: null })}">
		<input type="hidden" name="${ONCE_FIELD}" value="${once}" />
		<button data-calling="${words.calling}">${label}</button>
	</form>`;
}
