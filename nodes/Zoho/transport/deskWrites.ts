import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { DeskAction, DeskRecordKind } from './deskRecords';

/** What a request to Zoho Desk changes. */
export interface DeskWrite {
	kind: DeskRecordKind;
	action: DeskAction;
	/** Of the records that it changes; empty for a record that is about to be made. */
	ids: string[];
}

type Read = (path: RegExpExecArray, body: IDataObject) => Omit<DeskWrite, 'kind'>;

const create: Read = () => ({ action: 'created', ids: [] });
const change: Read = ([, id]) => ({ action: 'updated', ids: [id] });
const remove: Read = ([, id]) => ({ action: 'deleted', ids: [id] });
const listed =
	(action: DeskAction, key: string): Read =>
	(_path, body) => ({ action, ids: Array.isArray(body[key]) ? body[key].map(String) : [] });

/** The writes of zoho-desk.md, 3.2 to 3.6, 4.2, 4.3 and 6.1, of which Desk tells by webhook. */
const WRITES: ReadonlyArray<
	readonly [methods: readonly IHttpRequestMethods[], path: RegExp, kind: DeskRecordKind, read: Read]
> = [
	[['POST'], /^\/tickets$/, 'ticket', create],
	[['PATCH', 'PUT'], /^\/tickets\/(\d+)$/, 'ticket', change],
	[['POST'], /^\/tickets\/(\d+)\/(?:move|merge)$/, 'ticket', change],
	[['POST'], /^\/tickets\/moveToTrash$/, 'ticket', listed('deleted', 'ticketIds')],
	[['POST'], /^\/(?:closeTickets|tickets\/updateMany)$/, 'ticket', listed('updated', 'ids')],
	[['POST'], /^\/tickets\/\d+\/comments$/, 'comment', create],
	[['PATCH', 'PUT'], /^\/tickets\/\d+\/comments\/(\d+)$/, 'comment', change],
	[['POST'], /^\/tickets\/\d+\/sendReply$/, 'thread', create],
	[['POST'], /^\/tickets\/\d+\/attachments$/, 'attachment', create],
	[['PATCH', 'PUT'], /^\/tickets\/\d+\/attachments\/(\d+)$/, 'attachment', change],
	[['DELETE'], /^\/tickets\/\d+\/attachments\/(\d+)$/, 'attachment', remove],
	[['POST'], /^\/contacts$/, 'contact', create],
	[['PATCH', 'PUT'], /^\/contacts\/(\d+)$/, 'contact', change],
	[['POST'], /^\/contacts\/moveToTrash$/, 'contact', listed('deleted', 'contactIds')],
	[['POST'], /^\/accounts$/, 'account', create],
	[['PATCH', 'PUT'], /^\/accounts\/(\d+)$/, 'account', change],
	[['POST'], /^\/accounts\/moveToTrash$/, 'account', listed('deleted', 'accountIds')],
	[['POST'], /^\/calls$/, 'call', create],
	[['PATCH', 'PUT'], /^\/calls\/(\d+)$/, 'call', change],
	[['POST'], /^\/calls\/moveToTrash$/, 'call', listed('deleted', 'entityIds')],
];

/**
 * What a request changes; null for one that reads, and for one whose effect no webhook tells.
 *
 * @param path below `/api/v1`
 */
export function deskWriteOf({
	method,
	path,
	body,
}: {
	method: IHttpRequestMethods;
	path: string;
	body?: object;
}): DeskWrite | null {
	for (const [methods, pattern, kind, read] of WRITES) {
		const match = methods.includes(method) ? pattern.exec(path) : null;
		if (match) return { kind, ...read(match, (body ?? {}) as IDataObject) };
	}
	return null;
}
