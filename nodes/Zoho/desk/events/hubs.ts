import { systemClock } from '../../../transport/Clock';
import { fingerprintOf } from '../../../transport/fingerprint';
import { ownWrites } from '../../transport/ownWrites';
import type { Delivery } from './deliveryJudge';
import { createOrganizationHub, type OrganizationHub } from './organizationHub';
import { signingKeys } from './signingKeys';

/** Where an organisation of Zoho Desk is. */
export interface DeskPortal {
	/** One value per organisation. */
	portal: string;
	orgId: string;
	deskApiUrl: string;
}

/** What Node remembers of all organisations and triggers of this process. */
const hubs = new Map<string, OrganizationHub>();
const homes = new Map<string, { hub: OrganizationHub; key: string }>();
/** Deliveries for triggers that are not there yet, as right after the start of n8n. */
const waitingRoom = new Map<string, Array<{ delivery: Delivery; since: number }>>();

const WAITING_MS = 5 * 60_000;
const MOST_WAITING = 200;

export const findSigningKey = signingKeys(systemClock);

/** The name of the webhook in Zoho Desk: differs from n8n to n8n, and has less than 50 characters. */
export function webhookNameOf(instanceId: string): string {
	return `CallBridge n8n ${fingerprintOf([instanceId])}`;
}

/** The hub of an organisation; all triggers of this process share it. */
export function hubOf(
	{ portal, orgId, deskApiUrl }: DeskPortal,
	instanceId: string,
): OrganizationHub {
	const known = hubs.get(portal);
	if (known) return known;
	const hub = createOrganizationHub({
		portal,
		orgId,
		deskApiUrl,
		webhookName: webhookNameOf(instanceId),
		clock: systemClock,
		ownWrites,
		findKey: findSigningKey,
	});
	hubs.set(portal, hub);
	return hub;
}

/** A trigger is at home in a hub now: what has waited for it is delivered. @param key the secret in its address */
export function moveIn(id: string, hub: OrganizationHub, key: string): void {
	homes.set(id, { hub, key });
	const waiting = waitingRoom.get(id) ?? [];
	waitingRoom.delete(id);
	for (const { delivery, since } of waiting) {
		if (systemClock.now() - since <= WAITING_MS) void hub.receive(delivery);
	}
}

export function moveOut(id: string): void {
	homes.delete(id);
}

export function homeOf(id: string): { hub: OrganizationHub; key: string } | undefined {
	return homes.get(id);
}

/** Keeps a delivery for a trigger that is not there yet. */
export function awaitHome(id: string, delivery: Delivery): void {
	const now = systemClock.now();
	const waiting = (waitingRoom.get(id) ?? []).filter(({ since }) => now - since <= WAITING_MS);
	waitingRoom.set(id, [...waiting, { delivery, since: now }].slice(-MOST_WAITING));
}
