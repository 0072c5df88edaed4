import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const unitFolder = join(process.cwd(), 'test', 'unit');

/** Every test file of the unit project, from its folder: `rules/decide.test.mts`. */
const unitFiles = (readdirSync(unitFolder, { recursive: true }) as string[])
	.filter((file) => file.endsWith('.test.mts'))
	.sort();

const parts = readdirSync(__dirname)
	.filter((file) => file.endsWith('.test.mts'))
	.sort();

/**
 * Declares the tests of every n-th unit file in one test file, of as many as there are beside this one: jest loads
 * itself and all modules anew for each test file, which for short ones costs more than their tests.
 *
 * @param part the name of the test file that asks
 */
export function declareUnitTestsOf(part: string): void {
	const place = parts.indexOf(basename(part));
	const files = unitFiles.filter((_file, index) => index % parts.length === place);
	describe.each(files)('%s', (file) => {
		jest.requireActual(join(unitFolder, file));
	});
}
