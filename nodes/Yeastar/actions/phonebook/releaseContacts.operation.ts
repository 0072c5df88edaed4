import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { releaseContacts as releaseContactsOf } from '../../phonebookSync/release';
import { yeastarPbx } from '../../transport/yeastarPbx';

import { circumstancesOf } from './circumstances';
import { phonebookChoice, phonebookOrNameLocator } from './phonebookChoice';

/** Ends the synchronization of a phonebook; its contacts stay. */
export const releaseContacts: Operation = {
	description: shownFor('phonebook', 'releaseContacts', [phonebookOrNameLocator]),

	async execute(context, itemIndex) {
		const choice = phonebookChoice(context, itemIndex, false);
		const pbx = await yeastarPbx(context, itemIndex);
		const report = await releaseContactsOf(choice, pbx, circumstancesOf(context, true));
		return [{ json: report as unknown as IDataObject }];
	},
};
