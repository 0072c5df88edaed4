import type { StoredRecord } from '../../crm/records/recordStore.mts';
import { notFound, refuse } from '../apiMessage.mts';
import type { Agent } from '../people.mts';
import { mayEnter } from '../people.mts';
import type { DeskPortal } from '../portal.mts';

/** 403 for a department that the owner of the token may not enter. */
export function requireDepartment({ agent }: { agent: Agent }, departmentId: unknown): void {
	if (mayEnter(agent, departmentId)) return;
	refuse(403, 'FORBIDDEN', 'You are not authorized to access this resource.');
}

/** Contacts and accounts belong to no department. */
export function maySee(agent: Agent, { fields }: StoredRecord): boolean {
	return fields.departmentId === undefined || mayEnter(agent, fields.departmentId);
}

/** @throws DeskRefusal 404 for an unknown id, 403 for a department that is closed to the agent */
export function recordFor(
	portal: DeskPortal,
	agent: Agent,
	module: string,
	id: string,
): StoredRecord {
	const record = portal.store.get(module, id);
	if (!record) return notFound();
	if (record.fields.departmentId !== undefined) {
		requireDepartment({ agent }, record.fields.departmentId);
	}
	return record;
}
