import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskPortal } from '../portal.mts';
import { showAttachment, showComment, showThread } from './showParts.mts';
import { showAccount, showCall, showContact } from './showPeople.mts';
import { showTicket } from './showTicket.mts';

const VIEWS: Record<string, (portal: DeskPortal, record: StoredRecord) => object> = {
	tickets: showTicket,
	contacts: showContact,
	accounts: showAccount,
	calls: showCall,
	comments: showComment,
	threads: showThread,
	attachments: showAttachment,
	uploads: showAttachment,
};

/** A record of any kind in the form of its own GET. */
export function showRecord(portal: DeskPortal, record: StoredRecord): Record<string, unknown> {
	return VIEWS[record.module](portal, record) as Record<string, unknown>;
}
