// The static picture of a run, as SVG in the page's HTML: for a wide frame and for a telephone.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import type { Result } from '../experiments/definition/result';
import type { Twin } from '../experiments/definition/twin';
import { FlowPicture } from '../picture/flowPicture';
import type { Shape, Size } from '../picture/shapes';
import { toSvg } from '../picture/svg';

type Pictures = Pick<Twin, 'picture' | 'narrowPicture' | 'pictureAtMs'>;

/** About the sizes of the frame's stage, beside the controls and above them. */
const wide: Size = { width: 640, height: 360 };
const narrow: Size = { width: 330, height: 340 };

/** Where the live player begins too: far enough in for the picture to be alive. */
const momentShare = 0.35;

export function pictureOf(definition: ExperimentDefinition, result: Result, cursorMs: number | undefined): Pictures {
  const { trace, horizonMs } = result;
  if (result.picture) return ownPictures(definition, result);
  if (!trace || trace.partList.length === 0) return {};
  const pictureAtMs = Math.min(cursorMs ?? horizonMs * momentShare, horizonMs);
  const flow = new FlowPicture(trace, definition.scene);
  const msPerSecond = horizonMs / (definition.clock?.playSeconds ?? 30);
  const draw = (size: Size, name: string): Twin['picture'] => {
    const svg = toSvg(flow.shapesAt(pictureAtMs, { size, msPerSecond }), size, {
      title: `${definition.title} at ${Math.round(pictureAtMs / 100) / 10} s of simulated time`,
      description: flow.describeAt(pictureAtMs),
      idPrefix: `twin-${definition.id}-${name}`,
    });
    return { svg, ...size };
  };
  return { pictureAtMs, picture: draw(wide, 'wide'), narrowPicture: draw(narrow, 'narrow') };
}

function ownPictures({ id, title, scene }: ExperimentDefinition, { summary, picture, pictureNarrow }: Result): Pictures {
  const draw = (shapes: Shape[], size: Size, idPrefix: string): Twin['picture'] => {
    const svg = toSvg(shapes, size, { title: `${title}: the result`, description: summary, idPrefix });
    return { svg, ...size };
  };
  const size = { width: scene?.width ?? wide.width, height: scene?.height ?? wide.height };
  const pictures: Pictures = {};
  if (picture) pictures.picture = draw(picture, size, `twin-${id}-wide`);
  if (pictureNarrow && scene?.narrow) pictures.narrowPicture = draw(pictureNarrow, scene.narrow, `twin-${id}-narrow`);
  return pictures;
}
