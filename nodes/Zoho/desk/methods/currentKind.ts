import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { CONTACT, RECORD_KINDS, TICKET, type RecordKind } from '../records/RecordKind';

/** The kind of record that the node is set to in the editor; comments are those of a ticket. */
export function currentKind(context: ILoadOptionsFunctions): RecordKind {
	const resource = context.getCurrentNodeParameter('resource');
	if (resource === 'comment') return TICKET;
	return RECORD_KINDS.find((kind) => kind.resource === resource) ?? CONTACT;
}
