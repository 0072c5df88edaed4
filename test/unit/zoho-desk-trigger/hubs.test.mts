import {
	awaitHome,
	homeOf,
	moveIn,
	moveOut,
	webhookNameOf,
} from '../../../nodes/Zoho/desk/events/hubs';
import type { Delivery } from '../../../nodes/Zoho/desk/events/deliveryJudge';
import type { OrganizationHub } from '../../../nodes/Zoho/desk/events/organizationHub';
import { adviceOnLostEvents } from '../../../nodes/Zoho/desk/events/notBySearch';

const delivery = (token: string) => ({ token }) as unknown as Delivery;

function listeningHub() {
	const received: unknown[] = [];
	const hub = {
		receive: async ({ token }: Delivery) => {
			received.push(token);
			return await Promise.resolve('refused' as const);
		},
	} as unknown as OrganizationHub;
	return { hub, received };
}

it('what comes before the trigger is there waits for it, within bounds', () => {
	const { hub, received } = listeningHub();
	for (let n = 0; n < 300; n++) awaitHome('a trigger', delivery(String(n)));
	awaitHome('another one', delivery('of the other'));
	expect(homeOf('a trigger')).toBeUndefined();
	moveIn('a trigger', hub, 'secret');
	expect(received).toHaveLength(200);
	expect(received.at(-1)).toBe('299');
	expect(homeOf('a trigger')).toEqual({ hub, key: 'secret' });
	moveIn('a trigger', hub, 'secret');
	expect(received).toHaveLength(200);
	moveOut('a trigger');
	expect(homeOf('a trigger')).toBeUndefined();
});

it('the name of the webhook is short and differs from n8n to n8n', () => {
	const names = ['one', 'another'].map(webhookNameOf);
	expect(new Set(names).size).toBe(2);
	for (const name of names) expect(`${name} test 01234567`.length).toBeLessThanOrEqual(50);
});

describe('advice on events that cannot be had', () => {
	it('names them', () => {
		expect(
			adviceOnLostEvents(['ticketUpdated', 'ticketDeleted', 'threadCreated'], null),
		).toMatchObject({
			message: 'A search does not tell of these events: Ticket Deleted, Thread Created',
			advice:
				'The other events come by search. Set Receive By to Automatic, or choose other events.',
		});
	});

	it('is not needed where a search tells all', () => {
		expect(adviceOnLostEvents(['ticketUpdated', 'callCreated'], null)).toBeNull();
	});
});
