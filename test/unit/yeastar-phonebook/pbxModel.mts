import type { Customer } from '../../../nodes/customer/Customer';
import { NUMBER_TYPES, type ContactRow } from '../../../nodes/Yeastar/actions/contact/contactRow';
import { creationBody, updateBody } from '../../../nodes/Yeastar/phonebookSync/contactBodies';
import { ownContact } from '../../../nodes/Yeastar/phonebookSync/ownContact';
import { planOf, type Plan } from '../../../nodes/Yeastar/phonebookSync/plan';
import type { SyncSettings } from '../../../nodes/Yeastar/phonebookSync/settings';
import { inputReader } from '../../../nodes/Yeastar/phonebookSync/wishes';

export const settingsWith = (given: Partial<SyncSettings> = {}): SyncSettings => ({
	isFull: true,
	completeSources: [],
	numberFormat: 'e164',
	country: 'CN',
	sharedNumbers: 'first',
	moduleOrder: ['Contacts', 'Leads', 'Accounts', 'contacts', 'accounts'],
	mostDeletionsPercent: 25,
	mostContacts: 0,
	...given,
});

type Body = Record<string, unknown> & {
	number_list: Array<{ num_type: string; number: string }>;
	phonebook_id_list: number[];
};

/** A PBX in memory: what is written to it comes back as rows, as yeastar.md, 5.1, says. */
export function pbxModel({
	join = (first: string, last: string) => `${first} ${last}`.trim(),
	keepText = (text: string) => text,
} = {}) {
	const contacts = new Map<number, Body>();
	let lastId = 0;
	const bookId = '8';

	const rowOf = ([id, body]: [number, Body]): ContactRow => ({
		id,
		contact_name: join(String(body.first_name ?? ''), String(body.last_name ?? '')),
		company: keepText(String(body.company)),
		email: body.email as string,
		remark: body.remark as string,
		phonebook_list: body.phonebook_id_list.map((id) => ({ id, name: 'Customers' })),
		...Object.fromEntries(
			NUMBER_TYPES.map(({ value, rowField }) => [
				rowField,
				body.number_list.find(({ num_type: slot }) => slot === value)?.number ?? '',
			]),
		),
	});
	const own = () =>
		[...contacts]
			.map((entry) => ownContact(rowOf(entry), new Set()))
			.filter((contact) => contact !== null);

	return {
		bookId,
		contacts,
		own,
		plan(customers: readonly Customer[], settings: SyncSettings): Plan {
			const { input, add } = inputReader(settings);
			customers.forEach((customer, index) => add({ customer }, index));
			return planOf(input, own(), bookId, settings, Date.now());
		},
		/** Carries out the first `steps` of a plan; all of them if absent. */
		apply({ deletions, updates, creations }: Plan, steps = Infinity) {
			const work = [
				...deletions.map(
					({ contact }) =>
						() =>
							contacts.delete(Number(contact.id)),
				),
				...updates.map((update) => () => {
					const id = Number(update.contact.id);
					contacts.set(id, { ...contacts.get(id), ...updateBody(update, bookId) } as Body);
				}),
				...creations.map(
					(creation) => () => contacts.set(++lastId, creationBody(creation, bookId) as Body),
				),
			];
			work.slice(0, steps).forEach((each) => each());
		},
	};
}

export const isEmpty = ({ deletions, updates, creations }: Plan) =>
	deletions.length + updates.length + creations.length === 0;
