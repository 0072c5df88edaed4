// Started in a Node of its own because n8n's scanner is an ES module. Prints what the scanner says, as JSON.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [leg, folder] = process.argv.slice(2);
// The second list is the scanner's own for the published artifact, where it is not exported.
const patterns = leg === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const result = await analyzePackage(folder, patterns);
process.stdout.write(`\n${JSON.stringify(result)}`);
process.exit();
