import type { Fields, StoredRecord } from '../../crm/records/recordStore.mts';
import { fieldError, refuseIfAny } from '../apiMessage.mts';
import { checkFields } from '../fields/checkFields.mts';
import type { DeskModule } from '../fields/layouts.mts';
import { layoutOf } from '../fields/layouts.mts';
import type { DeskPortal } from '../portal.mts';
import { deskTime } from '../portal.mts';
import { requireDepartment } from './permissions.mts';
import { customOf } from './values.mts';
import type { Actor } from './writing.mts';
import { storeChange, storeNew } from './writing.mts';

/**
 * Never rejects or merges an equal e-mail address or number (zoho-desk.md, 4.2).
 *
 * @param within beginning of the JSON pointers of errors
 */
export function createContact(
	portal: DeskPortal,
	actor: Actor,
	sent: Fields,
	within = '',
): StoredRecord {
	return createOwned(portal, actor, 'contacts', sent, within);
}

export function createAccount(portal: DeskPortal, actor: Actor, sent: Fields): StoredRecord {
	return createOwned(portal, actor, 'accounts', sent, '');
}

function createOwned(
	portal: DeskPortal,
	actor: Actor,
	module: 'contacts' | 'accounts',
	sent: Fields,
	within: string,
): StoredRecord {
	const layout = layoutOf(portal.layouts, module, null);
	const { values, cf, errors } = checkFields(portal, layout, sent, 'create');
	refuseIfAny(
		errors.map((error) => ({ ...error, fieldName: `/${within}${error.fieldName.slice(1)}` })),
	);
	return storeNew(portal, actor, module, {
		ownerId: actor.agent.id,
		...values,
		cf: customOf(portal, module, null, cf),
		layoutId: layout.id,
	});
}

export function createCall(portal: DeskPortal, actor: Actor, sent: Fields): StoredRecord {
	const layout = layoutOf(portal.layouts, 'calls', sent.departmentId);
	const { values, cf, errors } = checkFields(portal, layout, sent, 'create', ['reminder']);
	if (sent.reminder !== undefined && !Array.isArray(sent.reminder)) {
		errors.push(fieldError('reminder'));
	}
	refuseIfAny(errors);
	requireDepartment(actor, values.departmentId);
	return storeNew(portal, actor, 'calls', {
		...values,
		cf: customOf(portal, 'calls', values.departmentId, cf),
		layoutId: layout.id,
	});
}

/** Contacts, accounts and calls; tickets have rules of their own. */
export function updateByLayout(
	portal: DeskPortal,
	actor: Actor,
	record: StoredRecord,
	sent: Fields,
): void {
	const departmentId = sent.departmentId ?? record.fields.departmentId;
	const layout = layoutOf(portal.layouts, record.module as DeskModule, departmentId);
	const { values, cf, errors } = checkFields(portal, layout, sent, 'update');
	refuseIfAny(errors);
	if (record.module === 'calls') requireDepartment(actor, departmentId);
	const completes = values.status === 'Completed' && record.fields.status !== 'Completed';
	storeChange(portal, actor, record, {
		...values,
		cf,
		...(completes && { completedTime: deskTime(portal.now()) }),
	});
}
