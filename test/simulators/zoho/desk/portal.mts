import { createConcurrency } from '../limits/concurrency.mts';
import { createCredits } from '../limits/credits.mts';
import type { RecordStore } from '../crm/records/recordStore.mts';
import { createRecordStore } from '../crm/records/recordStore.mts';
import type { User } from '../users.mts';
import type { UploadedFile } from './apiMessage.mts';
import type { Edition } from './editions.mts';
import { allowanceOf, creditsPerDay } from './editions.mts';
import type { Layout, TicketStatus } from './fields/layouts.mts';
import { createLayouts, TICKET_STATUSES } from './fields/layouts.mts';
import type { Agent, Department } from './people.mts';
import { createAgents, createDepartments } from './people.mts';
import type { Delivery, Webhook } from './webhooks/webhook.mts';

export interface DeskSettings {
	/** Until a written record is found by search; minutes at Zoho, default 5,000. */
	indexLagMs: number;
	/**
	 * How search compares `phone` and `mobile`. `literal` (default): the text as it is stored. `tolerant`: digits only.
	 * Which one Zoho does is unconfirmed (zoho-desk.md, 16).
	 */
	phoneSearch: 'literal' | 'tolerant';
	/**
	 * Lists and searches of calls lack `description`, as lists of tickets do (zoho-desk.md, 3.3); default false. What Zoho
	 * does is unknown.
	 */
	briefCallLists: boolean;
	/** How long every request takes. */
	latencyMs: number;
	/** Whether webhooks also tell of what was written through the API, as they do at Zoho; default true. */
	announceApiWrites: boolean;
	/** Deliveries are tried once, since no retry is documented; more for a Zoho that does retry. */
	webhookAttempts: number;
	/** How often each event is delivered; default 1. */
	webhookCopies: number;
	/** What the receiver has; five seconds at Zoho. */
	webhookTimeoutMs: number;
	/** `Retry-After` of 429 answers; null (default): no such header. Unconfirmed whether Zoho sends one. */
	retryAfterSeconds: number | null;
}

export interface PortalOptions {
	/** Id of the organisation; default 78412359. */
	orgId?: string;
	companyName?: string;
	/** Part of the addresses in the browser. */
	portalName?: string;
	/** Default ENTERPRISE. */
	edition?: Edition;
	/** Default: what the edition has with its agents. */
	creditLimit?: number;
	/** Calls at a time; default: what the edition has. */
	concurrencyLimit?: number;
	/** The person did not choose this organisation on the consent page: listed, but every call is refused. */
	notGranted?: boolean;
	/** First six digits of all ids; default 431000. */
	idPrefix?: string;
	settings?: Partial<DeskSettings>;
}

/** One organisation of Zoho Desk with everything in it. */
export interface DeskPortal {
	now: () => number;
	baseUrl: () => string;
	orgId: string;
	companyName: string;
	portalName: string;
	edition: Edition;
	granted: boolean;
	departments: Department[];
	agents: Agent[];
	layouts: Layout[];
	statuses: TicketStatus[];
	channels: { code: string; name: string }[];
	/** Addresses from which replies may be sent. */
	supportAddresses: { id: string; address: string; departmentId: string }[];
	store: RecordStore;
	/** Contents of attachments and uploads, by id. */
	files: Map<string, UploadedFile>;
	webhooks: Webhook[];
	deliveries: Delivery[];
	/** Deliveries on their way. */
	underWay: Set<Promise<void>>;
	/** Ends what is under way when the simulator is closed. */
	closing: AbortController;
	credits: ReturnType<typeof createCredits>;
	concurrency: ReturnType<typeof createConcurrency>;
	settings: DeskSettings;
	nextTicketNumber: () => string;
	nextWebhookId: () => string;
	reset: () => void;
}

const CHANNELS = ['Phone', 'Email', 'Web', 'Chat', 'Twitter', 'Facebook', 'Forums'];

export function createPortal(
	options: PortalOptions,
	surroundings: { now: () => number; baseUrl: () => string; users: User[] },
): DeskPortal {
	const { now } = surroundings;
	const idPrefix = options.idPrefix ?? '431000';
	const id = (serial: number) => `${idPrefix}${String(serial).padStart(12, '0')}`;
	const edition = options.edition ?? 'ENTERPRISE';
	const departments = createDepartments(id);
	const agents = createAgents(id, surroundings.users, departments);
	const store = createRecordStore(idPrefix);
	const files = new Map<string, UploadedFile>();
	const deliveries: Delivery[] = [];
	const credits = createCredits(now, options.creditLimit ?? creditsPerDay(edition, agents));
	const concurrency = createConcurrency(
		options.concurrencyLimit ?? allowanceOf(edition).concurrentCalls,
	);
	let ticketNumber = 101;
	let webhookSerial = 880_001;
	return {
		...surroundings,
		orgId: options.orgId ?? '78412359',
		companyName: options.companyName ?? 'Acme Help',
		portalName: options.portalName ?? 'acmehelp',
		edition,
		granted: !options.notGranted,
		departments,
		agents,
		layouts: createLayouts(id, departments),
		statuses: TICKET_STATUSES.map((status) => ({ ...status })),
		channels: CHANNELS.map((name) => ({ code: name.toUpperCase(), name })),
		supportAddresses: departments
			.filter(({ isEnabled }) => isEnabled)
			.map((department, index) => ({
				id: id(7_100 + index),
				address: `${department.name.toLowerCase()}@acmehelp.example`,
				departmentId: department.id,
			})),
		store,
		files,
		webhooks: [],
		deliveries,
		underWay: new Set(),
		closing: new AbortController(),
		credits,
		concurrency,
		settings: {
			indexLagMs: 5_000,
			phoneSearch: 'literal',
			briefCallLists: false,
			latencyMs: 0,
			announceApiWrites: true,
			webhookAttempts: 1,
			webhookCopies: 1,
			webhookTimeoutMs: 5_000,
			retryAfterSeconds: null,
			...options.settings,
		},
		nextTicketNumber: () => String(ticketNumber++),
		nextWebhookId: () => id(webhookSerial++),
		reset() {
			store.clear();
			files.clear();
			deliveries.length = 0;
			ticketNumber = 101;
			credits.reset();
			concurrency.reset();
		},
	};
}

/** UTC with milliseconds that are always zero, the only form that Desk writes. */
export function deskTime(milliseconds: number): string {
	return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();
}
