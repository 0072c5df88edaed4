import type { PbxSimulator } from '../simulators/yeastar/pbxSimulator.mts';

type Contact = PbxSimulator['contacts'][number];

/** The members of a phonebook; none if there is no such phonebook. */
export function bookContacts(pbx: PbxSimulator, book: string): Contact[] {
	const ids = pbx.phonebooks.find(({ name }) => name === book)?.contactIds;
	return pbx.contacts.filter(({ id }) => ids?.has(id));
}

/** Where each comes from, without the mark: `Zoho CRM Contacts 5540230000001`. */
export const remarksOf = (contacts: readonly Contact[]): string[] =>
	contacts.map(({ remark }) => remark.replace(/ \[CallBridge .*/, ''));

/** How often contacts and phonebooks of a PBX were to be changed. */
export const writesTo = ({ requests }: PbxSimulator): number =>
	requests.filter(({ path }) => /^(company_contact|phonebook)\/(create|update|delete)$/.test(path))
		.length;
