/** What this process has of the few access tokens that a PBX hands out to one Client ID. */
export interface SlotUse {
	/** Tokens that were obtained and have neither expired nor been given back. */
	held: number;
	/** In the last 30 minutes. */
	logins: number;
}

export interface TokenSlots {
	/** After a login. @param expiresAt milliseconds since 1970, as all times here */
	obtained(token: string, now: number, expiresAt: number): void;
	/** A renewed token takes the place of the old one. */
	renewed(previous: string, token: string, expiresAt: number): void;
	/** Given back, or no longer accepted. */
	ended(token: string): void;
	use(now: number): SlotUse;
}

const SLOTS_OF_A_PBX = 8;
/** As long as an access token lives. */
const COUNTED_MS = 30 * 60_000;

export function createTokenSlots(): TokenSlots {
	const expiries = new Map<string, number>();
	let logins: number[] = [];
	return {
		obtained(token, now, expiresAt) {
			expiries.set(token, expiresAt);
			logins = [...logins.filter((at) => at > now - COUNTED_MS), now];
		},
		renewed(previous, token, expiresAt) {
			expiries.delete(previous);
			expiries.set(token, expiresAt);
		},
		ended(token) {
			expiries.delete(token);
		},
		use(now) {
			for (const [token, expiresAt] of expiries) {
				if (expiresAt <= now) expiries.delete(token);
			}
			return {
				held: expiries.size,
				logins: logins.filter((at) => at > now - COUNTED_MS).length,
			};
		},
	};
}

const usedBy = new WeakMap<object, () => SlotUse>();

/** Notes with which tokens a run of a node works; n8n makes one context per run. */
export function noteSlotsOf(context: object, use: () => SlotUse): void {
	usedBy.set(context, use);
}

/** The sentence that the node shows about its tokens; null when it has none. */
export function slotHintOf(context: object): string | null {
	const { held, logins } = usedBy.get(context)?.() ?? { held: 0, logins: 0 };
	if (held === 0 && logins === 0) return null;
	return `This n8n process holds ${held} of the ${SLOTS_OF_A_PBX} token slots of the PBX; ${logins} ${logins === 1 ? 'login' : 'logins'} in the last 30 minutes.`;
}
