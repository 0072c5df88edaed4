import type { Scenario } from '../simulators/yeastar/pbxSimulator.mts';
import { customers, unknownNumber } from './customers.mts';

/** What has to become of a call with the templates as they are shipped. */
export interface Expectation {
	/** Name of the CRM record that is found, or null when none may be found. */
	matched: string | null;
	created: boolean;
	/** The call type on the log in the CRM, or null when nothing may be logged. */
	logged: 'Inbound' | 'Outbound' | 'Missed' | null;
	/** Whose log it is: the extension of the owner. Not checked when missing. */
	ownerExtension?: string;
	/** The link in the log leads to sound. */
	audible?: boolean;
	/** The help desk has a ticket for it. */
	ticket: boolean;
}

export interface SampleCall {
	title: string;
	scenario: Scenario;
	expected: Expectation;
}

const [zhang, lin, ruiz] = customers;

export const sampleCalls: SampleCall[] = [
	{
		title: 'A known contact calls and is answered, recorded',
		scenario: {
			kind: 'inboundToExtension',
			from: zhang.number,
			extension: '1001',
			ringSeconds: 8,
			talkSeconds: 185,
			recorded: true,
		},
		expected: {
			matched: zhang.name,
			created: false,
			logged: 'Inbound',
			ownerExtension: '1001',
			audible: true,
			ticket: true,
		},
	},
	{
		title: 'An unknown number calls',
		scenario: {
			kind: 'inboundToExtension',
			from: unknownNumber,
			extension: '1002',
			ringSeconds: 5,
			talkSeconds: 64,
		},
		expected: {
			matched: null,
			created: true,
			logged: 'Inbound',
			ownerExtension: '1002',
			ticket: true,
		},
	},
	{
		title: 'A queue rings ten agents, one answers',
		scenario: {
			kind: 'inboundThroughQueue',
			from: ruiz.number,
			queue: '6500',
			answeredBy: '1007',
			talkSeconds: 242,
		},
		expected: {
			matched: ruiz.name,
			created: false,
			logged: 'Inbound',
			ownerExtension: '1007',
			ticket: true,
		},
	},
	{
		title: 'A known contact calls and nobody answers',
		scenario: {
			kind: 'inboundToExtension',
			from: lin.number,
			extension: '1001',
			outcome: 'unanswered',
			ringSeconds: 25,
		},
		expected: { matched: lin.name, created: false, logged: 'Missed', ticket: true },
	},
	{
		title: 'Ben Carter calls a contact',
		scenario: { kind: 'outbound', extension: '1002', to: lin.number, talkSeconds: 97 },
		expected: {
			matched: lin.name,
			created: false,
			logged: 'Outbound',
			ownerExtension: '1002',
			ticket: false,
		},
	},
	{
		title: 'Two colleagues talk to each other',
		scenario: { kind: 'internal', extension: '1001', to: '1003', talkSeconds: 30 },
		expected: { matched: null, created: false, logged: null, ticket: false },
	},
];
