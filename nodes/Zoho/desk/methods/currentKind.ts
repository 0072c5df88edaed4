import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { CONTACT, RECORD_KINDS, TICKET, type RecordKind } from '../records/RecordKind';

/** The kind of record that the node is set to in the editor; comments and threads are those of a ticket. */
export function currentKind(context: ILoadOptionsFunctions): RecordKind {
	const resource = context.getCurrentNodeParameter('resource');
	if (resource === 'comment' || resource === 'thread') return TICKET;
	const module = context.getCurrentNodeParameter('attachmentsOf');
	return (
		RECORD_KINDS.find((kind) =>
			resource === 'attachment' ? kind.module === module : kind.resource === resource,
		) ?? CONTACT
	);
}
