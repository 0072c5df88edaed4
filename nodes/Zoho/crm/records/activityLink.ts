import type { IDataObject } from 'n8n-workflow';
import { recordId, modulePath } from '../../transport/paths';

/**
 * The fields that tie an activity (task, call) to a record. A contact has a field of its own; for all others Zoho wants
 * the module next to the id.
 */
export function activityLink(module: string, id: string): IDataObject {
	modulePath(module);
	return module === 'Contacts'
		? { Who_Id: { id: recordId(id) } }
		: { What_Id: { id: recordId(id) }, $se_module: module };
}
