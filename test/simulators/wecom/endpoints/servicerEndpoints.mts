import { z } from 'zod';
import { errmsgs, invalidParameter, type Errcode } from '../errcodes.mts';
import type { Account, WeComState } from '../weComState.mts';
import {
	accountOf,
	get,
	managedAccountOf,
	openKfid,
	post,
	userId,
	type Endpoint,
} from './endpoint.mts';

const departmentId = z.number().int().min(1);

interface Lists {
	userid_list?: string[];
	department_id_list?: number[];
}

const row = (subject: object, errcode: Errcode, errmsg: string = errmsgs[errcode]) => ({
	...subject,
	errcode,
	errmsg,
});

/** The outer errcode is 0 even when rows failed (7.2). */
function results(
	{ userid_list: userIds = [], department_id_list: departmentIds = [] }: Lists,
	user: (userId: string) => { errcode: Errcode; changed?: boolean },
	department: (departmentId: number) => { errcode: Errcode; changed?: boolean },
) {
	if (userIds.length + departmentIds.length === 0) {
		throw invalidParameter('userid_list', 'this or department_id_list is needed');
	}
	const tell = (subject: object, { errcode, changed }: { errcode: Errcode; changed?: boolean }) =>
		errcode === 0 ? row(subject, 0, changed ? 'success' : 'ignored') : row(subject, errcode);
	return {
		result_list: [
			...userIds.map((userid) => tell({ userid }, user(userid))),
			...departmentIds.map((department_id) => tell({ department_id }, department(department_id))),
		],
	};
}

function addUser(wecom: WeComState, account: Account, id: string) {
	const member = wecom.members.get(id);
	if (member === undefined) return { errcode: 60111 } as const;
	if (!member.isInScope) return { errcode: 60030 } as const;
	if (!member.isActivated) return { errcode: 95014 } as const;
	const changed = !account.servicers.has(id);
	account.servicers.add(id);
	return { errcode: 0, changed } as const;
}

function addDepartment(wecom: WeComState, account: Account, id: number) {
	if (!wecom.departments.has(id)) return { errcode: 60123 } as const;
	const changed = !account.departments.has(id);
	account.departments.add(id);
	return { errcode: 0, changed } as const;
}

/** wecom-kf.md, 7.2. */
export const servicerEndpoints: Endpoint[] = [
	post(
		'kf/servicer/add',
		{
			open_kfid: openKfid,
			userid_list: z.array(userId).max(100).optional(),
			department_id_list: z.array(departmentId).max(20).optional(),
		},
		({ input, app, wecom }) => {
			const account = managedAccountOf(wecom, app, input.open_kfid);
			return results(
				input,
				(id) => addUser(wecom, account, id),
				(id) => addDepartment(wecom, account, id),
			);
		},
	),
	post(
		'kf/servicer/del',
		{
			open_kfid: openKfid,
			userid_list: z.array(userId).max(100).optional(),
			department_id_list: z.array(departmentId).max(100).optional(),
		},
		({ input, app, wecom }) => {
			const account = managedAccountOf(wecom, app, input.open_kfid);
			return results(
				input,
				(id) => ({
					errcode: wecom.members.has(id) ? 0 : 60111,
					changed: account.servicers.delete(id),
				}),
				(id) => ({ errcode: 0, changed: account.departments.delete(id) }),
			);
		},
	),
	get('kf/servicer/list', { open_kfid: openKfid }, ({ input, app, wecom }) => {
		const account = accountOf(wecom, input.open_kfid);
		const showsStatus = app.permission === 'manage' && app.managedAccounts.has(account.openKfId);
		const users = [...account.servicers].map((userid) => {
			const reception = wecom.members.get(userid)?.reception ?? 'stopped';
			if (!showsStatus) return { userid };
			if (reception === 'receiving') return { userid, status: 0 };
			return { userid, status: 1, stop_type: reception === 'suspended' ? 1 : 0 };
		});
		const departments = [...account.departments].map((department_id) => ({ department_id }));
		return { servicer_list: [...users, ...departments] };
	}),
];
