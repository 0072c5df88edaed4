import { z } from 'zod';

import type { Company } from '../simulators/yeastar/company.mts';
import type { Scenario } from '../simulators/yeastar/pbxSimulator.mts';

const orderForm = z.object({
	kind: z.enum(['inbound', 'queue', 'outbound', 'internal']),
	number: z
		.string()
		.regex(/^\+?\d{3,17}$/, 'The number may hold digits and a plus sign at the front'),
	extension: z.string(),
	answered: z.boolean(),
	recorded: z.boolean(),
	talkSeconds: z.number().int().min(1).max(36_000),
});

/** Reads what the page sends into a call that the simulated PBX can play. */
export function readCallOrder(
	body: unknown,
	company: Company,
): { scenario: Scenario } | { problem: string } {
	const form = orderForm.safeParse(body);
	if (!form.success) return { problem: form.error.issues[0].message };
	const { kind, number, extension, answered, recorded, talkSeconds } = form.data;
	if (!company.extensions.some((one) => one.number === extension)) {
		return { problem: `The PBX has no extension ${extension}` };
	}
	const outcome = answered ? 'answered' : 'unanswered';
	const details = { talkSeconds, recorded };
	switch (kind) {
		case 'inbound':
			return {
				scenario: { kind: 'inboundToExtension', from: number, extension, outcome, ...details },
			};
		case 'outbound':
			return { scenario: { kind: 'outbound', to: number, extension, outcome, ...details } };
		case 'internal': {
			const other = company.extensions.find((one) => one.number !== extension);
			return { scenario: { kind: 'internal', extension, to: other?.number, outcome, ...details } };
		}
		case 'queue': {
			const queue = company.queues.find(({ agents }) => agents.includes(extension));
			if (answered && !queue) return { problem: `Extension ${extension} is an agent of no queue` };
			return {
				scenario: {
					kind: 'inboundThroughQueue',
					from: number,
					queue: queue?.number,
					outcome,
					...(answered && { answeredBy: extension }),
					...details,
				},
			};
		}
	}
}
