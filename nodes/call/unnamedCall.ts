/**
 * The id of a call whose records have none, made of its start (ISO 8601 UTC, to the second) and its customer: older
 * firmware writes no call id (yeastar.md, 8.1).
 */
export function idOfUnnamedCall(startedAt: string, customer: string): string {
	return `${startedAt}/${customer}`;
}

/** Whether an id was made by `idOfUnnamedCall`; the same call has another id in the events of the PBX. */
export function isIdOfUnnamedCall(callId: string): boolean {
	return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\//.test(callId);
}
