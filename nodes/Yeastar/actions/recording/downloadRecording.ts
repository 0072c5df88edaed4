import { systemClock, type Clock } from '../../../transport/Clock';
import type { YeastarPbx } from '../../transport/yeastarPbx';
import { fetchSoundFile, fileNotThere, onceThere, type SoundFile } from '../soundFile';

/** By the file name that calls and records carry, or by the ID in the list of recordings. */
export type RecordingName = { file: string } | { id: string };

const ADVICE =
	'Check the name; the recording may have been deleted or moved to an archive. For long calls, raise Wait for File (Seconds).';

/**
 * Fetches a recording. The PBX writes the file some seconds after the call: while it is not there, it is asked for again.
 *
 * @param patienceMs how long to wait for the file
 * @throws ServiceError (`notFound` if it does not turn up)
 */
export async function downloadRecording(
	pbx: YeastarPbx,
	recording: RecordingName,
	patienceMs: number,
	clock: Clock = systemClock,
): Promise<SoundFile> {
	const file = await onceThere(
		async () => await fetchSoundFile(pbx, 'recording/download', recording),
		patienceMs,
		clock,
	);
	if (file) return file;
	const name = 'file' in recording ? recording.file : `with ID ${recording.id}`;
	throw fileNotThere(`The PBX has no recording ${name}`, patienceMs, ADVICE);
}
