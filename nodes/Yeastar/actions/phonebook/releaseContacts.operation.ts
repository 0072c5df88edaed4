import type { IDataObject } from 'n8n-workflow';
import { locatedValue } from '../../../actions/locatedValue';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { releaseContacts as releaseContactsOf } from '../../phonebookSync/release';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { phonebookLocator } from '../locators';
import { circumstancesOf } from './circumstances';

/** Ends the synchronization of a phonebook; its contacts stay. */
export const releaseContacts: Operation = {
	description: shownFor('phonebook', 'releaseContacts', [phonebookLocator]),

	async execute(context, itemIndex) {
		const id = locatedValue(context, 'phonebook', itemIndex, '');
		const pbx = await yeastarPbx(context, itemIndex);
		const report = await releaseContactsOf(id, pbx, circumstancesOf(context, true));
		return [{ json: report as unknown as IDataObject }];
	},
};
