import Link from '@docusaurus/Link';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import Ring from './_home/Ring';
import styles from './index.module.css';

const slices = [
  {
    to: '/start/opening-night/',
    title: 'Opening night',
    story: 'One cook, and a line that reaches the street.',
    task: 'Turn up the orders and say in advance where waiting gets out of hand. Then look for the point on the curve.',
  },
  {
    to: '/core/load-balancing/',
    title: 'Load balancing',
    story: 'Several cooks, and somebody at the door who hands out the orders.',
    task: 'Race two rules on the very same customers. Crash a cook in the middle of the evening and see which rule notices.',
  },
  {
    to: '/patterns/sharding/',
    title: 'Sharding',
    story: 'The recipe box no longer fits on one shelf.',
    task: 'Cut the data into slices, add a shelf, and count what has to move. Then give everyone the same favorite pizza.',
  },
  {
    to: '/operations/chaos/',
    title: 'Chaos',
    story: 'The whole shop on a busy night, and a monkey with a wrench.',
    task: 'Write down what should survive, break things on purpose, and let the run judge your hypothesis.',
  },
];

const steps = [
  { title: 'Predict', text: 'Each page asks one question before it answers any. You commit to a number, a choice or a sketch.' },
  {
    title: 'Run',
    text: 'The real mechanism runs in your browser. Change it, scrub back and forth in time, break a part and compare both futures.',
  },
  { title: 'See why', text: 'The explanation comes last, beside your own measurement, with the closed form wherever there is one.' },
];

export default function Home(): ReactNode {
  const { siteConfig } = useDocusaurusContext();
  return (
    <Layout description="A course in the browser that teaches distributed systems. Every claim can be run, and every number is computed.">
      <main className={styles.home}>
        <section className={styles.hero}>
          <div>
            <h1 className={styles.title}>
              Distributed Systems <span>by the Slice</span>
            </h1>
            <p className={styles.story}>
              A pizza shop grows from one cook to many cities. Each page is the problem that the last solution created.
            </p>
            <p className={styles.promise}>
              Every claim here can be run. Every number is computed, by your browser, from a seed you can change.
            </p>
            <p className={styles.ways}>
              <Link className={styles.start} to="/start/opening-night/">
                Start with opening night
              </Link>
              <a className={styles.more} href="#slices">
                See the first four slices
              </a>
            </p>
          </div>
          <Ring />
        </section>

        <section className={styles.section} aria-labelledby="slices">
          <h2 id="slices">The first four slices</h2>
          <ol className={styles.slices}>
            {slices.map((slice, i) => (
              <li key={slice.to}>
                <Link to={slice.to} className={styles.slice}>
                  <span className={styles.count} aria-hidden="true">
                    {i + 1}
                  </span>
                  <h3>{slice.title}</h3>
                  <p className={styles.sliceStory}>{slice.story}</p>
                  <p>{slice.task}</p>
                </Link>
              </li>
            ))}
          </ol>
        </section>

        <section className={styles.section} aria-labelledby="page">
          <h2 id="page">How a page works</h2>
          <ol className={styles.steps}>
            {steps.map((step) => (
              <li key={step.title}>
                <h3>{step.title}</h3>
                <p>{step.text}</p>
              </li>
            ))}
          </ol>
          <p className={styles.note}>
            The same settings and the same seed give the same run, event by event, on every machine. So a link can hold a whole experiment:
            what you changed, what you broke, and the moment you were looking at. For whom? For anyone who has built one web application and
            wonders what happens when it has to be many.
          </p>
        </section>

        <section className={styles.section} aria-labelledby="help">
          <h2 id="help">Make it better</h2>
          <div className={styles.columns}>
            <p>
              A page is one file of prose, an experiment is one plain TypeScript file. Every page links to its own source and to a report
              that already says which page it is about. <Link to="/contributing/">How to contribute</Link> says the rest.
            </p>
            <p>
              The code is free under the MIT License, the text and pictures under Creative Commons Attribution 4.0. Teach with it, translate
              it, take it apart. <Link to={String(siteConfig.customFields?.repository)}>The source</Link> needs two commands: one to read,
              one to test.
            </p>
          </div>
        </section>
      </main>
    </Layout>
  );
}
