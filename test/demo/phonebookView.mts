import { NUMBER_TYPES } from '../../nodes/Yeastar/actions/contact/contactRow';
import type { PbxSimulator } from '../simulators/yeastar/pbxSimulator.mts';

export interface PhonebookView {
	name: string;
	contacts: number;
	/** The last ones that were created, the newest first. */
	newest: Array<{ name: string; numbers: string[]; source: string }>;
}

const SHOWN = 12;
const slotNames = new Map(NUMBER_TYPES.map(({ name, value }) => [value as string, name]));

/** The phonebooks of the PBX as the page shows them. */
export function phonebookViews({ phonebooks, contacts }: PbxSimulator): PhonebookView[] {
	return phonebooks
		.filter(({ member_select: members }) => members === 'sel_specific')
		.map(({ name, contactIds }) => ({
			name,
			contacts: contactIds.size,
			newest: contacts
				.filter(({ id }) => contactIds.has(id))
				.slice(-SHOWN)
				.reverse()
				.map((contact) => ({
					name: [contact.first_name, contact.last_name].filter(Boolean).join(' '),
					numbers: contact.number_list.map(
						({ num_type: slot, number }) => `${number} (${slotNames.get(slot) ?? slot})`,
					),
					source: contact.remark,
				})),
		}));
}
