import { webAddress } from './addresses';
import { html, type Html } from './html';
import { wordsOf } from './words/wordsOf';
import type { Language } from './language';

export const actionKinds = ['contact', 'lead', 'other', 'ticket'] as const;
export type ActionKind = (typeof actionKinds)[number];

export const formFields = ['company', 'email', 'name', 'note', 'subject'] as const;
export type FormField = (typeof formFields)[number];

/** Something that a page offers to do. */
export interface PageAction {
	kind: ActionKind;
	/** Empty: the usual words for its kind. */
	label: string;
	/** Absolute, or a query such as `?…`, which leads to the address of the page itself. */
	address: string;
	/** `link` opens the address; `form` asks for the fields and sends them there, with the kind and the number. */
	sendAs: 'link' | 'form';
	/** In the order in which they are asked for. */
	fields: FormField[];
}

/** The actions as buttons and forms; one whose address is none is left out. */
export function actionList(actions: PageAction[], number: string, language: Language): Html[] {
	return actions.flatMap((action) => {
		const address = addressOf(action.address);
		if (address === null) return [];
		const label = action.label || wordsOf(language).actions[action.kind];
		if (action.sendAs === 'form') return [form(action, address, label, number, language)];
		return [html`<a class="button plain" href="${address}" target="_top">${label}</a>`];
	});
}

function addressOf(address: string): string | null {
	return address.startsWith('?') ? address : webAddress(address);
}

function form(
	{ kind, fields }: PageAction,
	address: string,
	label: string,
	number: string,
	language: Language,
): Html {
	const words = wordsOf(language).newCaller;
	return html`<details>
		<summary>${label}</summary>
		<form method="post" action="${address}">
			<input type="hidden" name="kind" value="${kind}" />
			${fields.map((field) => input(field, words.fields[field]))}
			<label
				><span>${words.number}</span
				><input type="tel" name="number" value="${number}" autocomplete="off"
			/></label>
			<button>${words.submit}</button>
		</form>
	</details>`;
}

/** Without a name there is no record, and without a subject no ticket. */
const requiredFields: readonly FormField[] = ['name', 'subject'];

function input(field: FormField, label: string): Html {
	if (field === 'note') {
		return html`<label><span>${label}</span><textarea name="${field}" rows="3"></textarea></label>`;
	}
	const type = field === 'email' ? 'email' : 'text';
	const required = requiredFields.includes(field) && html` required`;
	return html`<label
		><span>${label}</span><input type="${type}" name="${field}" autocomplete="off" ${required}
	/></label>`;
}
