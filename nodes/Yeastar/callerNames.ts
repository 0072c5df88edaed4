import type { PbxModel } from './pbxModel';

/** One of the things that phones need to show a caller's name. */
export interface CallerNameCheck {
	check: string;
	/** `unknown` where the API does not tell; then an administrator has to look. */
	state: 'ok' | 'toDo' | 'unknown';
	advice: string;
}

/** What the API tells; null where it does not. */
export interface CallerNameFacts {
	model: PbxModel;
	contacts: number | null;
	phonebooks: number | null;
}

/**
 * Whether phones can show the names of callers. The API tells whether contacts and phonebooks are there; who may see them
 * and how numbers are matched is set in the PBX portal only (yeastar.md, 5.2 and 5.3).
 */
export function callerNameChecks({
	model,
	contacts,
	phonebooks,
}: CallerNameFacts): CallerNameCheck[] {
	return [
		{
			check: 'Edition',
			state: model.name === null ? 'unknown' : 'ok',
			advice:
				model.name === null
					? 'The PBX does not tell its model. Set Most Contacts in Phonebook > Synchronize if it keeps few contacts.'
					: model.mostContacts === null
						? `${model.name}. How many contacts it keeps is not published; set Most Contacts in Phonebook > Synchronize if you know.`
						: `${model.name}, which keeps ${model.mostContacts.toLocaleString('en-US')} company contacts.`,
		},
		{
			check: 'Company contacts',
			state: stateOfCount(contacts),
			advice:
				contacts === 0
					? 'There are no company contacts. Fill a phonebook with Phonebook > Synchronize.'
					: `Contacts on the PBX: ${contacts ?? 'not told'}.`,
		},
		{
			check: 'Plan and phonebooks',
			state: stateOfCount(phonebooks),
			advice:
				phonebooks === null
					? 'The PBX lists no phonebooks to this credential. They need the Enterprise or Ultimate Plan; look at the plan under System in the PBX portal.'
					: phonebooks === 0
						? 'There is no phonebook. Phonebook > Synchronize creates one; this needs the Enterprise or Ultimate Plan.'
						: `Phonebooks on the PBX: ${phonebooks}.`,
		},
		{
			check: 'Phonebook visibility',
			state: 'unknown',
			advice:
				'The API does not tell. In the PBX portal, give the extensions the permission to view the phonebook; without it no phone and no Linkus shows a name.',
		},
		{
			check: 'Matching of numbers',
			state: 'unknown',
			advice:
				'The API does not tell. In the PBX portal, open Contacts > Company Contacts > Options and choose to match the last 8 or 9 digits; 7 mix up more people, and Do Not Match shows no names.',
		},
	];
}

function stateOfCount(count: number | null): CallerNameCheck['state'] {
	if (count === null) return 'unknown';
	return count === 0 ? 'toDo' : 'ok';
}
