/** Pictures made in code. */
import { PNG } from 'pngjs';
import type { Size } from './assets/sizes.mts';

/** A PNG of any size, in greys from dark above to light below, or all in one: a byte a pixel, so that also a large one is drawn in a moment. */
export function picture({ width, height }: Size, grey?: number): Buffer {
	const options = { colorType: 0, inputColorType: 0, filterType: 0, deflateLevel: 1 } as const;
	const png = new PNG({ width, height, ...options });
	png.data = Buffer.alloc(width * height, grey);
	for (let row = 0; grey === undefined && row < height; row++) {
		png.data.fill(Math.round((row / height) * 255), row * width, (row + 1) * width);
	}
	return PNG.sync.write(png, options);
}
