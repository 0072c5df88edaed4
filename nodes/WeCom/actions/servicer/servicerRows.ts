import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { textParameter } from '../../../actions/textParameter';
import { refusal } from '../../refusal';
import { weComError } from '../../transport/errors';
import { weComClient } from '../../transport/weCom';
import { accountLocator, accountOf } from '../parameters';

/** What WeCom answers for each person or department; its own `errcode` is 0 all the same (wecom-kf.md, 7.2). */
interface ResultRow {
	userid?: string;
	department_id?: number;
	errcode?: number;
	errmsg?: string;
}

export const servicerFields: INodeProperties[] = [
	accountLocator,
	{
		displayName: 'User IDs',
		name: 'userIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. WangFang, ZhangWei',
		description: 'People of your company, up to 100, with commas in between',
	},
	{
		displayName: 'Department IDs',
		name: 'departmentIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2, 7',
		description: 'Everybody in these departments, up to 20, with commas in between',
	},
];

/**
 * Adds or removes those that the parameters name.
 *
 * @returns a row for each: `userId` or `departmentId`, `status` `done`, `unchanged` or `failed`, `reason`
 * @throws ServiceError if WeCom refuses all of them
 */
export async function changeServicers(
	context: IExecuteFunctions,
	itemIndex: number,
	endpoint: 'kf/servicer/add' | 'kf/servicer/del',
): Promise<IDataObject[]> {
	const userIds = listParameter(context, 'userIds', itemIndex);
	const departmentIds = listParameter(context, 'departmentIds', itemIndex).map(departmentId);
	if (userIds.length + departmentIds.length === 0) {
		throw refusal('No servicer is named', 'Fill in User IDs or Department IDs.');
	}
	const openKfId = accountOf(context, itemIndex);
	const client = await weComClient(context, itemIndex);
	const { result_list: rows = [] } = await client.write<{ result_list?: ResultRow[] }>(endpoint, {
		open_kfid: openKfId,
		...(userIds.length > 0 ? { userid_list: userIds } : {}),
		...(departmentIds.length > 0 ? { department_id_list: departmentIds } : {}),
	});
	const results = rows.map((row) => resultOf(endpoint, row));
	if (results.length > 0 && results.every(({ status }) => status === 'failed')) {
		throw weComError(endpoint, rows[0]);
	}
	return results;
}

function listParameter(context: IExecuteFunctions, name: string, itemIndex: number): string[] {
	return textParameter(context, name, itemIndex)
		.split(/[,，]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function departmentId(typed: string): number {
	if (/^\d+$/.test(typed)) return Number(typed);
	throw refusal(
		`"${typed.slice(0, 50)}" is not the ID of a department`,
		'The ID is a number; the WeCom admin console shows it below Contacts (通讯录).',
	);
}

function resultOf(endpoint: string, row: ResultRow): IDataObject {
	const isFailed = (row.errcode ?? 0) !== 0;
	const done = row.errmsg === 'ignored' ? 'unchanged' : 'done';
	return {
		...idsOf(row),
		status: isFailed ? 'failed' : done,
		reason: isFailed ? weComError(endpoint, row).message : null,
	};
}

/** Which of the two a row is about. */
export function idsOf(row: { userid?: string; department_id?: number }): IDataObject {
	return {
		userId: row.userid ?? null,
		departmentId: row.department_id === undefined ? null : String(row.department_id),
	};
}
