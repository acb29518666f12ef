'use client';

import Box from '@mui/material/Box';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { SeenText } from '@/components/layout/SeenText';
import { cssToken } from '@/components/theme/tokens';
import { showHidden } from '@/lib/magics/hidden-text';
import type { Heat, HeatStep } from './heat';
import { type Direction, layOut, neighbour, type Box as Place, type TileBox } from './layout';
import { type Folder, folderBelow, outerFolder } from './tree';
import { useWidth } from './use-width';

interface TreemapProps {
  tree: Folder;
  heat: Heat;
  steps: ReadonlyMap<string, HeatStep | null>;
  selected: string | null;
  onSelect: (path: string) => void;
  onZoom: (folder: string) => void;
}

const HEIGHT = 460;
/** Until the page is measured. */
const WIDTH = 960;
const MIN_LABEL = { width: 64, height: 28 };
const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Area is code lines, colour is heat. Arrow keys move, Enter goes into the folder of a file, Escape out of it. */
export function Treemap({ tree, heat, steps, selected, onSelect, onZoom }: TreemapProps) {
  const t = useMessages();
  const [frame, width] = useWidth(WIDTH);
  const tilesOnScreen = useRef(new Map<string, HTMLButtonElement>());
  const { tiles, folders } = useMemo(() => layOut(tree, width, HEIGHT), [tree, width]);
  const current = tiles.find(({ leaf }) => leaf.path === selected) ?? tiles[0];

  const move = (event: KeyboardEvent, tile: TileBox) => {
    const direction = ARROWS[event.key];
    if (direction) {
      event.preventDefault();
      const next = neighbour(tiles, tile, direction);
      if (!next) return;
      onSelect(next.leaf.path);
      tilesOnScreen.current.get(next.leaf.path)?.focus();
    } else if (event.key === 'Enter') {
      const folder = folderBelow(tree, tile.leaf.path);
      if (folder === null) return;
      event.preventDefault();
      onZoom(folder);
    } else if (event.key === 'Escape' && tree.path !== '') {
      event.stopPropagation();
      onZoom(outerFolder(tree.path));
    }
  };

  return (
    <Box ref={frame} role="group" aria-label={t.hotspots.map} aria-describedby="hotspots-keys" sx={MAP}>
      {folders.map(({ path, name, ...place }) => (
        <button
          key={path}
          type="button"
          tabIndex={-1}
          className="folder"
          style={{ ...styleOf(place), height: 18 }}
          aria-label={t.hotspots.zoomInto(showHidden(name))}
          onClick={() => onZoom(path)}
        >
          <SeenText>{name}</SeenText>
        </button>
      ))}
      {tiles.map((tile) => (
        <Tile
          key={tile.leaf.path}
          tile={tile}
          heat={heat}
          step={steps.get(tile.leaf.path) ?? null}
          isCurrent={tile === current}
          isSelected={tile.leaf.path === selected}
          onSelect={onSelect}
          onKey={move}
          keep={tilesOnScreen.current}
        />
      ))}
      <p id="hotspots-keys" className="elder-hidden">
        {t.hotspots.keys}
      </p>
    </Box>
  );
}

interface TileProps {
  tile: TileBox;
  heat: Heat;
  step: HeatStep | null;
  /** The one that the tab key comes to. */
  isCurrent: boolean;
  isSelected: boolean;
  onSelect: (path: string) => void;
  onKey: (event: KeyboardEvent, tile: TileBox) => void;
  /** By path, for moving the focus. */
  keep: Map<string, HTMLButtonElement>;
}

function Tile({ tile, heat, step, isCurrent, isSelected, onSelect, onKey, keep }: TileProps) {
  const t = useMessages();
  const format = useFormat();
  const { leaf, ...place } = tile;
  const { file } = leaf;
  const value = file[heat];
  const words = t.hotspots.tile({
    path: showHidden(file.path),
    lines: format.number(file.codeLines),
    heat: t.hotspots.heats[heat],
    value: value === null ? t.hotspots.unknown : format.number(value, 2),
  });
  const isLabelled = place.width >= MIN_LABEL.width && place.height >= MIN_LABEL.height;
  return (
    <button
      ref={(element) => {
        if (element) keep.set(file.path, element);
        else keep.delete(file.path);
      }}
      type="button"
      className={step === null ? 'tile unknown' : 'tile'}
      style={{
        ...styleOf(place),
        ...(isLabelled && { padding: '4px 6px' }),
        ...(step !== null && { background: cssToken(`heat${step}`), color: cssToken(`onHeat${step}`) }),
      }}
      title={words}
      aria-label={words}
      aria-pressed={isSelected}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => onSelect(file.path)}
      onKeyDown={(event) => onKey(event, tile)}
    >
      {isLabelled && <SeenText>{leaf.name}</SeenText>}
    </button>
  );
}

function styleOf({ x, y, width, height }: Place) {
  return { left: x, top: y, width: Math.max(1, width), height: Math.max(1, height) };
}

const MAP = {
  position: 'relative',
  height: HEIGHT,
  minWidth: 0,
  overflow: 'hidden',
  borderRadius: '6px',
  '& button': {
    position: 'absolute',
    p: 0,
    border: 0,
    font: 'inherit',
    fontSize: '0.6875rem',
    lineHeight: '18px',
    textAlign: 'start',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    cursor: 'pointer',
  },
  '& .folder': { px: 1, color: 'text.secondary', background: 'none', fontWeight: 500, cursor: 'zoom-in' },
  '& .tile': { display: 'flex', alignItems: 'flex-start', lineHeight: '16px' },
  // Text right in a flex box is cut in the middle of a letter.
  '& .tile > span': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  '& .unknown': {
    color: 'text.primary',
    background: `repeating-linear-gradient(45deg, ${cssToken('sunken')} 0 5px, ${cssToken('lineStrong')} 5px 6px)`,
  },
  '& [aria-pressed="true"]': { boxShadow: `inset 0 0 0 2px ${cssToken('text')}` },
  '& button:focus-visible': {
    outline: `2px solid ${cssToken('accentMark')}`,
    outlineOffset: '-2px',
    boxShadow: `inset 0 0 0 4px ${cssToken('surface')}`,
    zIndex: 1,
  },
} as const;
