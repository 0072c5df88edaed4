import { chooseMatch, type ChoicePolicy } from '../../../nodes/phone/chooseMatch';
import type { Match, MatchedBy } from '../../../nodes/phone/matchNumber';

interface Facts {
	module?: string;
	by?: MatchedBy;
	owner?: string;
	email?: string;
	modified?: string;
}

const match = (id: string, { module, by, owner, email, modified }: Facts = {}): Match => ({
	matchedBy: by ?? 'e164',
	matchedField: 'Phone',
	candidate: {
		module: module ?? 'Contacts',
		id,
		numbers: [],
		ownerId: owner ?? null,
		ownerEmail: email ?? null,
		modifiedAt: modified ?? null,
	},
});

const policy = (changes: Partial<ChoicePolicy> = {}): ChoicePolicy => ({
	moduleOrder: ['Contacts', 'Leads', 'Accounts'],
	ifSeveral: 'mostRecentlyModified',
	...changes,
});

const choose = (matches: Match[], changes?: Partial<ChoicePolicy>) => {
	const { chosen, reason } = chooseMatch(matches, policy(changes));
	return { ids: chosen.map((each) => each.candidate.id), reason };
};

const monday = '2026-03-02T09:00:00+01:00';
const tuesday = '2026-03-03T08:00:00+00:00';

it('chooses nothing from nothing', () => {
	expect(choose([])).toEqual({ ids: [], reason: 'No record has this number.' });
});

it('takes the only one', () => {
	expect(choose([match('1')])).toEqual({
		ids: ['1'],
		reason: 'The only record with this number.',
	});
	expect(choose([match('1', { by: 'suffix' })]).reason).toBe(
		'The only record with this number. Only the last digits agree.',
	);
});

it('takes an account with the whole number before a contact with the last digits', () => {
	const matches = [
		match('1', { module: 'Accounts', by: 'national' }),
		match('2', { by: 'suffix' }),
	];
	expect(choose(matches)).toEqual({
		ids: ['1'],
		reason:
			'The only record with this number. 1 record that agrees only in the last digits came after.',
	});
});

it('takes a contact before a lead, and says so', () => {
	expect(choose([match('1', { module: 'Leads', modified: tuesday }), match('2')])).toEqual({
		ids: ['2'],
		reason: '2 records with this number; Contacts come first in the order of modules.',
	});
	const leadsFirst = { moduleOrder: ['Leads', 'Contacts'] };
	expect(choose([match('1', { module: 'Leads' }), match('2')], leadsFirst).ids).toEqual(['1']);
	expect(choose([match('1', { module: 'Vendors' }), match('2')]).ids).toEqual(['2']);
});

it('takes the one modified last, whatever the offset of its time', () => {
	const matches = [match('1', { modified: monday }), match('2', { modified: tuesday }), match('3')];
	expect(choose(matches)).toEqual({
		ids: ['2'],
		reason: '3 records with this number; the one modified last.',
	});
});

describe('owned by the agent', () => {
	const byAgent: Partial<ChoicePolicy> = {
		ifSeveral: 'ownedByAgent',
		agent: { email: 'Eva@example.ch', userId: '13' },
	};

	it.each<{ facts: Facts; how: string }>([
		{ facts: { owner: '13' }, how: 'by the id of the user' },
		{ facts: { email: 'eva@EXAMPLE.ch' }, how: 'by e-mail address, in any case' },
	])('recognises the owner $how', ({ facts }) => {
		const matches = [match('1', { modified: tuesday, owner: '14' }), match('2', facts)];
		expect(choose(matches, byAgent)).toEqual({
			ids: ['2'],
			reason: '2 records with this number; the one that the agent owns.',
		});
	});

	it('takes the one modified last of several', () => {
		const matches = [
			match('1', { owner: '13', modified: monday }),
			match('2', { owner: '13', modified: tuesday }),
		];
		expect(choose(matches, byAgent)).toEqual({
			ids: ['2'],
			reason: '2 records with this number; of the 2 that the agent owns, the one modified last.',
		});
	});

	it('falls back to the one modified last', () => {
		const matches = [match('1', { modified: monday }), match('2', { modified: tuesday })];
		expect(choose(matches, byAgent)).toEqual({
			ids: ['2'],
			reason: '2 records with this number; the agent owns none, so the one modified last.',
		});
		expect(choose(matches, { ifSeveral: 'ownedByAgent', agent: null }).ids).toEqual(['2']);
	});
});

it('takes all of the strongest kind, in the order of the modules', () => {
	const matches = [
		match('1', { module: 'Leads' }),
		match('2', { modified: monday }),
		match('3', { modified: tuesday, by: 'national' }),
		match('4', { by: 'suffix' }),
	];
	expect(choose(matches, { ifSeveral: 'all' })).toEqual({
		ids: ['3', '2', '1'],
		reason: 'All 3 records with this number.',
	});
});
