import type { Agent, CallDirection } from './Call';
import type { LegEvidence } from './CallEvidence';
import type { RecordObservation } from './CallObservation';
import { compareTimes } from './callTimes';
import { extensionOf, isExtension } from './legs';
import type { NumberDirectory } from './NumberDirectory';
import type { Talk } from './talks';

/** Who was connected with the customer when the call ended; nobody was: who was rung last. */
export function agentOf(
	direction: CallDirection,
	records: RecordObservation[],
	legs: LegEvidence[],
	talks: Talk[],
	directory: NumberDirectory,
): Agent | null {
	const talked = talks
		.filter((talk): talk is Talk & { extension: string } => talk.extension !== null)
		.sort((a, b) => compareTimes(a.to, b.to) || compareTimes(a.from, b.from));
	const extension =
		talked.at(-1)?.extension ??
		(direction === 'inbound'
			? rungExtensions(records, legs, directory).at(-1)
			: callingExtension(records, legs, directory));
	if (extension === undefined) return null;
	const entry = directory.extensions.get(extension);
	return { extension, name: entry?.name ?? null, email: entry?.email ?? null };
}

/** The extensions whose phones rang, the one rung last at the end; the legs tell it only where no record does. */
export function rungExtensions(
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
): string[] {
	const fromRecords = records
		.filter((record) => isExtension(record.to, directory, legs))
		.map((record) => ({ at: record.startedAt, extension: record.to }));
	const fromLegs = legs.flatMap((leg) =>
		leg.party.side === 'extension' && leg.seenAt.ringing !== undefined
			? [{ at: leg.seenAt.ringing, extension: leg.party.number }]
			: [],
	);
	return (fromRecords.length ? fromRecords : fromLegs)
		.sort((a, b) => compareTimes(a.at, b.at) || compareTimes(a.extension, b.extension))
		.map(({ extension }) => extension);
}

function callingExtension(
	records: RecordObservation[],
	legs: LegEvidence[],
	directory: NumberDirectory,
): string | undefined {
	const fromRecords = [...records]
		.sort((a, b) => Number(a.direction === 'internal') - Number(b.direction === 'internal'))
		.map((record) => record.from)
		.find((number) => isExtension(number, directory, legs));
	// Of several phones that were called first (a callback of a queue), the one that was picked up last made the call.
	const fromLegs = legs
		.flatMap((leg) => {
			const extension = extensionOf(leg);
			return extension === null ? [] : [{ extension, talkingSince: leg.seenAt.talking ?? '' }];
		})
		.sort(
			(a, b) =>
				compareTimes(b.talkingSince, a.talkingSince) || compareTimes(a.extension, b.extension),
		);
	return fromRecords ?? fromLegs[0]?.extension;
}
