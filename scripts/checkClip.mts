/** `tsx scripts/checkClip.mts <file>` says what a video file holds, and fails unless it is H.264. */
import { readMp4 } from './mp4.mts';

const [file = ''] = process.argv.slice(2);
const { codec, width, height, duration } = await readMp4(file);
console.log(`${file}: ${codec}, ${width}×${height}, ${duration.toFixed(1)} s`);
if (codec !== 'avc') throw new Error('This is not H.264');
