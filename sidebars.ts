import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';

/** Pages that the course map names and nobody has written yet: said in words, never as a link that leads nowhere. */
function planned(...titles: string[]) {
  return {
    type: 'html' as const,
    value: `<div class="planned"><b>Planned</b>${titles.join('\u00a0· ')}</div>`,
    className: 'planned-item',
  };
}

const sidebars: SidebarsConfig = {
  course: [
    {
      type: 'category',
      label: 'Start here',
      collapsed: false,
      items: ['start/opening-night', 'start/how-to-run-experiments'],
    },
    {
      type: 'category',
      label: 'Core concepts',
      collapsed: false,
      items: [
        'core/vertical-scaling',
        'core/horizontal-scaling',
        'core/vertical-or-horizontal',
        'core/elastic-scaling',
        'core/load-balancing',
        'core/health-checks',
        'core/l4-and-l7',
        'core/many-locations',
      ],
    },
    {
      type: 'category',
      label: 'System design patterns',
      collapsed: false,
      items: ['patterns/sharding', planned('Monolith', 'Microservices', 'Partitioning', 'Decoupling', 'Message queues')],
    },
    {
      type: 'category',
      label: 'Operational strategies',
      collapsed: false,
      items: [
        'operations/chaos',
        planned(
          'Preparing ahead',
          'Caching',
          'Redundancy',
          'Replication',
          'Backups',
          'Failover',
          'Isolating failures',
          'Failing fast',
          'Degrading gracefully',
          'Logs and metrics',
          'Extensibility',
        ),
      ],
    },
    {
      type: 'category',
      label: 'Designing a system',
      collapsed: false,
      items: [planned('High and low level', 'A design in thirteen steps', 'Game day')],
    },
    {
      type: 'category',
      label: 'Reference',
      collapsed: false,
      items: [
        'contributing',
        'reference/glossary',
        'reference/source-notes',
        'reference/fidelity',
        { type: 'link', label: 'The simulation package', href: '/reference/simulation/' },
      ],
    },
  ],
};

export default sidebars;
