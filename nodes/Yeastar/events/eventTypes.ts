import type { INodePropertyOptions } from 'n8n-workflow';

export const CALL_STATUS_CHANGED = 30011;
export const CALL_END_DETAILS = 30012;

const CALL_TRANSFER = 30013;
const CALL_FORWARD = 30014;
const CALL_FAILED = 30015;

/** Events that list legs as event 30011 does; a call that fails at once ends in 30015 alone (yeastar.md, 10.3). */
export const LEG_EVENT_TYPES: readonly number[] = [
	CALL_STATUS_CHANGED,
	CALL_TRANSFER,
	CALL_FORWARD,
	CALL_FAILED,
];

/** The events that a call is folded from; everything else is only passed on when asked for. */
export const CALL_EVENT_TYPES: readonly number[] = [...LEG_EVENT_TYPES, CALL_END_DETAILS];

/** Titles as in Yeastar's developer guide (yeastar.md, 10.2). */
export const RAW_EVENT_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Agent Status Changed (30029)', value: 30029 },
	{ name: 'Call End Details (30012)', value: CALL_END_DETAILS },
	{ name: 'Call Failed (30015)', value: 30015 },
	{ name: 'Call Forward (30014)', value: 30014 },
	{ name: 'Call Note Availability (30028)', value: 30028 },
	{ name: 'Call Status Changed (30011)', value: CALL_STATUS_CHANGED },
	{ name: 'Call Transfer (30013)', value: 30013 },
	{ name: 'Extension Call Status Changed (30008)', value: 30008 },
	{ name: 'Extension Presence Status Changed (30009)', value: 30009 },
	{ name: 'Inbound Call Invitation (30016)', value: 30016 },
	{ name: 'Satisfaction Survey Feedback (30019)', value: 30019 },
];
