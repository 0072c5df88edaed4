import { actionList, type PageAction } from './PageAction';
import { html } from './html';
import type { Language } from './language';
import { pageOf, type Page } from './page';

export interface Message {
	language: Language;
	/** One sentence: what happened. */
	message: string;
	/** What to do next; empty if there is nothing to do. */
	advice: string;
	actions: PageAction[];
}

/** One sentence and what to do next, as for a link that is refused. */
export function messagePage({ language, message, advice, actions }: Message): Page {
	const offered = actionList(actions, '', language);
	return pageOf({
		language,
		title: message,
		body: html`<div class="card">
			<h1>${message}</h1>
			${advice !== '' && html`<p class="soft">${advice}</p>`}
			${offered.length > 0 && html`<div class="actions">${offered}</div>`}
		</div>`,
	});
}
