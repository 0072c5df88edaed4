import omit from 'lodash/omit.js';
import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskPortal } from '../portal.mts';
import { customByLabel, deepLink, layoutInShort, valuesOf } from './values.mts';

const NO_RATINGS = { goodPercentage: '0', okPercentage: '0', badPercentage: '0' };

/** zoho-desk.md, 4.1. */
export function showContact(portal: DeskPortal, record: StoredRecord) {
	const { fields } = record;
	return {
		id: record.id,
		...valuesOf(portal, 'contacts', fields),
		zohoCRMContact: fields.zohoCRMContact ?? null,
		createdTime: fields.createdTime,
		modifiedTime: fields.modifiedTime,
		photoURL: null,
		accountCount: fields.accountId ? '1' : '0',
		isSpam: fields.isSpam ?? false,
		isTrashed: false,
		isDeleted: false,
		isAnonymous: false,
		isEndUser: false,
		isFollowing: false,
		layoutDetails: layoutInShort(portal, fields.layoutId),
		customerHappiness: NO_RATINGS,
		cf: fields.cf,
		customFields: customByLabel(portal, 'contacts', fields),
		webUrl: deepLink(portal, 'Contacts', record.id),
	};
}

/** zoho-desk.md, 4.3. */
export function showAccount(portal: DeskPortal, record: StoredRecord) {
	const { fields } = record;
	return {
		id: record.id,
		...valuesOf(portal, 'accounts', fields),
		zohoCRMAccount: fields.zohoCRMAccount ?? null,
		createdTime: fields.createdTime,
		modifiedTime: fields.modifiedTime,
		customerHappiness: NO_RATINGS,
		cf: fields.cf,
		customFields: customByLabel(portal, 'accounts', fields),
		webUrl: deepLink(portal, 'Accounts', record.id),
	};
}

export function accountInShort(portal: DeskPortal, accountId: unknown) {
	const account = portal.store.get('accounts', String(accountId))?.fields;
	if (!account) return null;
	return {
		id: account.id,
		accountName: account.accountName,
		website: account.website ?? null,
	};
}

/** `owner` of contacts and accounts in search answers and with `include` (zoho-desk.md, 5.5). */
export function ownerInShort(portal: DeskPortal, ownerId: unknown) {
	const agent = portal.agents.find(({ id }) => id === ownerId);
	if (!agent) return null;
	const { id, firstName, lastName, emailId, zuid } = agent;
	return { id, firstName, lastName, emailId, photoURL: null, zuid };
}

/** zoho-desk.md, 6.1: the duration comes back as text. */
export function showCall(portal: DeskPortal, record: StoredRecord) {
	const { fields } = record;
	const isCompleted = fields.status === 'Completed';
	return {
		id: record.id,
		callId: record.id,
		...valuesOf(portal, 'calls', fields),
		duration: String(fields.duration),
		statusType: isCompleted ? 'Closed' : 'Open',
		activityTime: fields.startTime,
		completedTime: isCompleted ? (fields.completedTime ?? fields.createdTime) : null,
		createdTime: fields.createdTime,
		creatorId: fields.createdBy,
		modifiedTime: fields.modifiedTime,
		modifiedBy: fields.modifiedBy,
		isSpam: false,
		isTrashed: false,
		layoutId: fields.layoutId,
		cf: fields.cf,
		customFields: customByLabel(portal, 'calls', fields),
		webUrl: deepLink(portal, 'Calls', record.id),
	};
}

/** A call as lists and searches show it. */
export function showListedCall(portal: DeskPortal, record: StoredRecord): object {
	const shown = showCall(portal, record);
	return portal.settings.briefCallLists ? omit(shown, 'description') : shown;
}
