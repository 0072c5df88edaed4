import type { IDataObject } from 'n8n-workflow';
import { eventTypeOf, type DeskEventType } from './eventTypes';

/** One event as Zoho Desk delivers it (zoho-desk.md, 8.4). */
export interface DeliveredEvent {
	type: DeskEventType;
	recordId: string;
	/** The record as its own GET shows it; of a deleted one maybe nothing but the id. */
	record: IDataObject;
	/** The record before the change, where Desk was asked for it. */
	previous: IDataObject | null;
	/** Milliseconds since 1970. */
	eventTimeMs: number;
	orgId: string;
}

/** Keys that would reach into the prototype of whatever a workflow merges the record into. */
const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The events in the body of a delivery. What is no event, or of a kind that this package does not handle, is passed over.
 *
 * @param body the bytes as they came
 */
export function deliveredEvents(body: Buffer): DeliveredEvent[] {
	const parsed = parsedJson(body);
	return Array.isArray(parsed) ? parsed.flatMap(deliveredEvent) : [];
}

function parsedJson(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'), (key, value: unknown) =>
			DANGEROUS_KEYS.has(key) ? undefined : value,
		);
	} catch {
		// No JSON, or nested so deeply that reading it needs more stack than there is.
		return undefined;
	}
}

function deliveredEvent(candidate: unknown): DeliveredEvent[] {
	if (!isObject(candidate)) return [];
	const { payload, prevState, eventTime, eventType, orgId } = candidate;
	const type = eventTypeOf(eventType);
	const eventTimeMs = Number(eventTime);
	if (!type || !isObject(payload) || !Number.isFinite(eventTimeMs)) return [];
	const recordId = String(payload.id ?? '');
	if (!/^\d{1,19}$/.test(recordId)) return [];
	return [
		{
			type,
			recordId,
			record: payload,
			previous: isObject(prevState) ? prevState : null,
			eventTimeMs,
			orgId: String(orgId ?? ''),
		},
	];
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
