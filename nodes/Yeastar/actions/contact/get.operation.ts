import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { locatedValue } from '../../../actions/locatedValue';
import { contactLocator } from '../locators';
import { simplifyField } from '../../../actions/rowLimit';
import { simplifiedContact } from './contactRow';
import { readContact } from './readContact';

export const get: Operation = {
	description: updateDisplayOptions({ show: { resource: ['contact'], operation: ['get'] } }, [
		contactLocator,
		simplifyField,
	]),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const row = await readContact(pbx, locatedValue(context, 'contact', itemIndex, ''));
		return [
			{ json: context.getNodeParameter('simplify', itemIndex) ? simplifiedContact(row) : row },
		];
	},
};
