import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { weComClient } from '../../transport/weCom';
import { inputFileField } from '../parameters';
import { accountName, accountNameField, uploadedAvatar } from './accountFields';

/** Creates a customer service account, and adds `account` to the item. */
export const create: Operation = {
	description: shownFor('account', 'create', [
		{ ...accountNameField, required: true },
		{
			...inputFileField,
			hint: 'The name of the input binary field containing the avatar, JPG or PNG',
		},
	]),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const name = accountName(context, 'name', itemIndex);
		const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
		const client = await weComClient(context, itemIndex);
		const mediaId = await uploadedAvatar(context, client, itemIndex, field);
		const { open_kfid: openKfId } = await client.write<{ open_kfid: string }>('kf/account/add', {
			name,
			media_id: mediaId,
		});
		return [{ json: { ...json, account: { openKfId, name } }, binary }];
	},
};
