import type { Agent } from './people.mts';
import { refuse } from './apiMessage.mts';

export type Edition = 'FREE' | 'EXPRESS' | 'STANDARD' | 'PROFESSIONAL' | 'ENTERPRISE';

interface Allowance {
	creditsPerDay: number;
	creditsPerAgent: number;
	concurrentCalls: number;
	webhooks: number;
	/** The modules calls, tasks and events. */
	activities: boolean;
}

/**
 * zoho-desk.md, 11.1 and 8.1. Unconfirmed there: credits of Standard and Enterprise. Chosen: no webhooks in Express, which
 * is not named; activities are missing in Free only, since it is not known which editions lack them.
 */
const ALLOWANCES: Record<Edition, Allowance> = {
	FREE: allowance(5_000, 0, 5, 0, false),
	EXPRESS: allowance(25_000, 100, 10, 0, true),
	STANDARD: allowance(50_000, 250, 10, 0, true),
	PROFESSIONAL: allowance(75_000, 500, 15, 5, true),
	ENTERPRISE: allowance(100_000, 1_000, 25, 10, true),
};

function allowance(
	creditsPerDay: number,
	creditsPerAgent: number,
	concurrentCalls: number,
	webhooks: number,
	activities: boolean,
): Allowance {
	return { creditsPerDay, creditsPerAgent, concurrentCalls, webhooks, activities };
}

export function allowanceOf(edition: Edition): Allowance {
	return ALLOWANCES[edition];
}

/** Light agents do not count. */
export function creditsPerDay(edition: Edition, agents: Agent[]): number {
	const { creditsPerDay: base, creditsPerAgent } = ALLOWANCES[edition];
	const counted = agents.filter(
		({ status, rolePermissionType }) => status === 'ACTIVE' && rolePermissionType !== 'Light',
	);
	return base + creditsPerAgent * counted.length;
}

/** 403 rather than the 422 that the reference also names (zoho-desk.md, 6.1 and 11.4). */
export function refuseByLicense(edition: Edition, feature: string): never {
	return refuse(
		403,
		'LICENSE_ACCESS_LIMITED',
		`${feature} is not available in your current edition.`,
		{ feature, editionType: edition },
	);
}
