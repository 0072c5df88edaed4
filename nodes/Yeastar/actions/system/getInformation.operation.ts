import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';

export const getInformation: Operation = {
	description: [],

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const answer = await pbx.get<{ data?: IDataObject }>('system/information');
		// Firmwares differ in whether the facts are below `data`.
		return [{ json: answer.data ?? (omit(answer, ['errcode', 'errmsg']) as IDataObject) }];
	},
};
