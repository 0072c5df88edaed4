import fc from 'fast-check';
import { idBaseFor, idBaseOf, ownMessageId } from '../../../nodes/WeCom/sending/ownMessageIds';
import { refusalBySession } from '../../../nodes/WeCom/sending/refusals';

it('the id of each part is one that WeCom takes, and differs for every occasion', () => {
	fc.assert(
		fc.property(
			fc.array(fc.string()),
			fc.array(fc.string()),
			fc.integer({ min: 1, max: 5 }),
			(one, other, part) => {
				const id = ownMessageId(idBaseFor(one), part);
				expect(id).toMatch(/^[0-9a-zA-Z_-]{1,32}$/);
				const isSame = JSON.stringify(one) === JSON.stringify(other);
				expect(ownMessageId(idBaseFor(other), part) === id).toBe(isSame);
			},
		),
	);
});

it.each(['comment-431000000006907011', 'a_B', 'x'.repeat(30)])('%s can be an id', (typed) => {
	expect(idBaseOf(typed)).toBe(typed);
});

it.each(['', 'a b', 'é', 'x'.repeat(31)])('%j can be none', (typed) => {
	expect(() => idBaseOf(typed)).toThrow(/ID of a message/);
});

it.each([
	['servicer', 'WangFang', false, /WangFang/],
	['servicer', null, false, /a servicer/],
	['pool', null, false, /queue/],
	['ended', null, true, /ended/],
	['unknown', null, true, /48 hours/],
] as const)('a session with %s (%s)', (state, servicerUserId, canBeSentLater, reason) => {
	const refusal = refusalBySession({ state, servicerUserId });
	expect(refusal).toMatchObject({
		canBeSentLater,
		reason: expect.stringMatching(reason) as unknown,
	});
	expect(refusal.advice).toMatch(/\.$/);
});
