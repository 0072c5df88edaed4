/** The company behind the simulated PBX: who works there, and where calls can be sent. */
export interface Company {
	extensions: Extension[];
	queues: Queue[];
	ringGroups: RingGroup[];
	ivrs: Ivr[];
	groupVoicemails: GroupVoicemail[];
	trunks: string[];
	dids: Did[];
}

export interface Extension {
	id: number;
	number: string;
	name: string;
	/** Empty where the extension is a device and no person. */
	email: string;
	mobile: string;
}

export interface Queue {
	id: number;
	number: string;
	name: string;
	/** Extension numbers of the static agents, in ringing order. */
	agents: string[];
}

export interface RingGroup {
	id: number;
	number: string;
	name: string;
	members: string[];
}

export interface Ivr {
	id: number;
	number: string;
	name: string;
}

export interface GroupVoicemail {
	number: string;
	name: string;
	/** `share`: the group has one mailbox; `broadcast`: each member gets the messages, the group keeps none. */
	mode: 'share' | 'broadcast';
	/** Extension numbers. */
	members: string[];
}

export interface Did {
	number: string;
	name: string;
	trunk: string;
}

/** What a call stage points at: the number and the name that the PBX shows beside it (may be empty). */
export interface Party {
	number: string;
	name: string;
}

const staff: Array<[name: string, mailbox: string]> = [
	['Amina Otieno', 'amina.otieno'],
	['Ben Carter', 'ben.carter'],
	['Chen Jing', 'chen.jing'],
	['Dora Lind', 'dora.lind'],
	['Emre Kaya', 'emre.kaya'],
	['Fang Lei', 'fang.lei'],
	['Grace Mwangi', 'grace.mwangi'],
	['Hugo Blanc', 'hugo.blanc'],
	['Ines Prado', 'ines.prado'],
	['Jonas Weber', 'jonas.weber'],
	['Kim Seo', 'kim.seo'],
	['Liu Yang', 'liu.yang'],
	['Mara Novak', 'mara.novak'],
];

/**
 * Fourteen extensions (1014 is a warehouse telephone without an e-mail address), queue 6500 with ten agents, queue 6501
 * with three, ring group 6200, IVR 6600, group voicemail 6100, two trunks and two DIDs.
 */
export function defaultCompany(): Company {
	return {
		extensions: [
			...staff.map(([name, mailbox], index) => ({
				id: 11 + index,
				number: String(1001 + index),
				name,
				email: `${mailbox}@example.com`,
				mobile: '',
			})),
			{ id: 24, number: '1014', name: 'Warehouse', email: '', mobile: '' },
		],
		queues: [
			{
				id: 3,
				number: '6500',
				name: 'Support',
				agents: staff.slice(2, 12).map((_, index) => String(1003 + index)),
			},
			{ id: 4, number: '6501', name: 'Sales', agents: ['1001', '1002', '1013'] },
		],
		ringGroups: [{ id: 5, number: '6200', name: 'Reception', members: ['1001', '1002', '1013'] }],
		ivrs: [{ id: 6, number: '6600', name: 'Welcome' }],
		groupVoicemails: [
			{ number: '6100', name: 'Support', mode: 'share', members: ['1003', '1004'] },
		],
		trunks: ['trunk-a', 'trunk-b'],
		dids: [
			{ number: '075526001000', name: 'Main line', trunk: 'trunk-a' },
			{ number: '075526002000', name: 'Sales line', trunk: 'trunk-a' },
		],
	};
}

/** The extension, queue, ring group, IVR or group voicemail with that number; any other number stands for itself, without a name. */
export function partyOf(company: Company, number: string): Party {
	const places: Party[] = [
		...company.extensions,
		...company.queues,
		...company.ringGroups,
		...company.ivrs,
		...company.groupVoicemails,
	];
	const place = places.find((candidate) => candidate.number === number);
	return { number, name: place?.name ?? '' };
}

export function isExtension(company: Company, number: string): boolean {
	return company.extensions.some((extension) => extension.number === number);
}

/** Throws when a script names something that this PBX does not have: a mistake in the test. */
export function requireNumber<T extends { number: string }>(
	places: T[],
	number: string,
	kind: string,
): T {
	const place = places.find((candidate) => candidate.number === number);
	if (place === undefined) throw new Error(`The simulated PBX has no ${kind} ${number}`);
	return place;
}
