import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { CONTACT, RECORD_KINDS, type RecordKind } from '../records/RecordKind';

/** The kind of record that the node is set to in the editor. */
export function currentKind(context: ILoadOptionsFunctions): RecordKind {
	const resource = context.getCurrentNodeParameter('resource');
	return RECORD_KINDS.find((kind) => kind.resource === resource) ?? CONTACT;
}
