import { customerProfiles } from '../../../nodes/WeCom/events/customerProfiles';
import { scriptedWeCom } from '../wecom-transport/scriptedWeCom.mts';

const profile = {
	external_userid: 'wmA',
	nickname: '王芳',
	avatar: '',
	gender: 2,
	unionid: 'ozynqsulJFCZ2z1aYeS8h-nuasdAAA',
};

function wecomThatKnows(isKnown: () => boolean) {
	const wecom = scriptedWeCom((endpoint) =>
		endpoint === 'kf/customer/batchget'
			? { errcode: 0, customer_list: isKnown() ? [profile] : [] }
			: undefined,
	);
	const profileOf = customerProfiles(wecom.clock);
	return {
		wecom,
		profileOf: async () => await profileOf('wmA', async () => await Promise.resolve(wecom.client)),
		questions: () => wecom.asked.filter((endpoint) => endpoint === 'kf/customer/batchget').length,
	};
}

it('asks for a profile once an hour, and once for all who want it at the same time', async () => {
	const { wecom, profileOf, questions } = wecomThatKnows(() => true);
	const expected = {
		nickname: '王芳',
		avatarUrl: null,
		gender: 'female',
		unionId: 'ozynqsulJFCZ2z1aYeS8h-nuasdAAA',
	};
	expect(await Promise.all([profileOf(), profileOf()])).toEqual([expected, expected]);
	wecom.clock.pass(59 * 60_000);
	expect(await profileOf()).toEqual(expected);
	expect(questions()).toBe(1);
	wecom.clock.pass(2 * 60_000);
	expect(await profileOf()).toEqual(expected);
	expect(questions()).toBe(2);
});

it('asks again for a customer whom WeCom did not know: he may have written meanwhile', async () => {
	let isKnown = false;
	const { profileOf } = wecomThatKnows(() => isKnown);
	expect(await profileOf()).toBeNull();
	isKnown = true;
	expect(await profileOf()).toMatchObject({ nickname: '王芳' });
});
