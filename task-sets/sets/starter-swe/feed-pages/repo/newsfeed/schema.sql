CREATE TABLE IF NOT EXISTS article (
  id        INTEGER PRIMARY KEY,
  title     TEXT NOT NULL,
  section   TEXT NOT NULL DEFAULT 'news',
  published TEXT
);
CREATE INDEX IF NOT EXISTS article_published ON article (published);
