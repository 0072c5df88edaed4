import type { Phase } from './callTape.mts';
import type { Scenario } from './scenario.mts';

/**
 * What a scenario turns into when somebody hangs up before it has run its course: a call that only rang was not
 * answered, a call that was not transferred yet ended at the first extension. `played` is the last phase that happened.
 */
export function cutShort(scenario: Scenario, played: Phase | null): Scenario {
	const answered = played === 'answer' || played === 'transfer';
	switch (scenario.kind) {
		case 'inboundLeavesIvr':
			return scenario;
		case 'blindTransfer':
		case 'attendedTransfer':
		case 'transferToExternal': {
			if (played === 'transfer') return scenario;
			const { startedAt, from, callerName, anonymous, did, didName, trunk } = scenario;
			const { ringSeconds, talkSeconds, recorded, surveyResult, controlled, extension } = scenario;
			return {
				kind: 'inboundToExtension',
				outcome: answered ? 'answered' : 'unanswered',
				...{ startedAt, from, callerName, anonymous, did, didName, trunk, extension },
				...{ ringSeconds, talkSeconds, recorded, surveyResult, controlled },
			};
		}
		case 'apiDialled':
			return answered || (scenario.outcome ?? 'answered') !== 'answered'
				? scenario
				: { ...scenario, outcome: 'calleeUnanswered' };
		default:
			return answered || (scenario.outcome ?? 'answered') !== 'answered'
				? scenario
				: { ...scenario, outcome: 'unanswered' };
	}
}
