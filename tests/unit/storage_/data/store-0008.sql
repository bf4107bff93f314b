BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
CREATE TABLE aliases (
	"key" TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	PRIMARY KEY ("key")
)
 WITHOUT ROWID

;
INSERT INTO "aliases" VALUES('acme.example/queues','bb7c819f1c634d52');
INSERT INTO "aliases" VALUES('acme.example/caches','c8bf6e80a16e108f');
INSERT INTO "aliases" VALUES('mirror.example/acme-queues','e6a6b373bf770f76');
CREATE TABLE answers (
	"key" TEXT NOT NULL, 
	model TEXT NOT NULL, 
	text TEXT NOT NULL, 
	answered_at BIGINT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "answers" VALUES('5f1d','small','{"summary": "It was fast."}',1795255200000000);
CREATE TABLE articles (
	id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	url TEXT NOT NULL, 
	canonical_url TEXT NOT NULL, 
	canonical_key TEXT, 
	title TEXT NOT NULL, 
	first_seen_at BIGINT NOT NULL, 
	published_at BIGINT, 
	duplicate_of TEXT, 
	held BOOLEAN DEFAULT false NOT NULL, 
	noindex BOOLEAN DEFAULT false NOT NULL, 
	labelled BOOLEAN DEFAULT false NOT NULL, 
	label_wanted BOOLEAN DEFAULT false NOT NULL, 
	searched BOOLEAN DEFAULT true NOT NULL, 
	page TEXT DEFAULT 'none' NOT NULL, 
	page_tries INTEGER DEFAULT '0' NOT NULL, 
	page_next_at BIGINT, 
	page_error TEXT, 
	authors TEXT DEFAULT '[]' NOT NULL, 
	company TEXT, 
	language TEXT DEFAULT '' NOT NULL, 
	words INTEGER DEFAULT '0' NOT NULL, 
	minutes INTEGER DEFAULT '0' NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	tags TEXT DEFAULT '[]' NOT NULL, 
	roles TEXT DEFAULT '[]' NOT NULL, 
	audience TEXT DEFAULT '' NOT NULL, 
	summary TEXT DEFAULT '' NOT NULL, 
	deck TEXT DEFAULT '' NOT NULL, 
	image TEXT, 
	description TEXT DEFAULT '' NOT NULL, 
	categories TEXT DEFAULT '[]' NOT NULL, 
	signals TEXT DEFAULT '{}' NOT NULL, 
	also_at TEXT DEFAULT '[]' NOT NULL, 
	title_key BIGINT, 
	shingles INTEGER DEFAULT '0' NOT NULL, 
	signature BLOB, 
	signature_keys TEXT, 
	text TEXT DEFAULT '' NOT NULL, 
	content_html TEXT DEFAULT '' NOT NULL, subkind TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "articles" VALUES('bb7c819f1c634d52','acme','https://acme.example/queues','https://acme.example/queues','https://acme.example/queues',NULL,'Queues without tears',1795255200000000,1794268800000000,NULL,0,0,1,1,1,'none',0,NULL,NULL,'["Ada Alder"]','Acme','en',12,1,'case-study','["queues","reliability"]','[]','','A worker with a budget keeps the queue short.','','["https://acme.example/q.png","A queue"]','','[]','{"words":12,"code_blocks":2}','["https://mirror.example/acme-queues"]',7,200,X'01020304','[7,1,2,-3]','The queue grew every night until a worker was given a budget.','<p>The queue grew every night until a worker was given a budget.</p>','diary');
INSERT INTO "articles" VALUES('e6a6b373bf770f76','mirror','https://mirror.example/acme-queues','https://mirror.example/acme-queues','https://mirror.example/acme-queues',NULL,'Queues without tears',1795255200000000,1794268800000000,'bb7c819f1c634d52',0,0,1,1,1,'none',0,NULL,NULL,'["Ada Alder"]','Acme','en',12,1,'case-study','["queues","reliability"]','[]','','A worker with a budget keeps the queue short.','',NULL,'','[]','{}','[]',7,200,X'01020304','[7,1,5]','The queue grew every night until a worker was given a budget.','<p>The queue grew every night until a worker was given a budget.</p>','');
INSERT INTO "articles" VALUES('c8bf6e80a16e108f','acme','https://acme.example/caches','https://acme.example/caches','https://acme.example/caches',NULL,'Caches that forget',1795255200000000,1794268800000000,NULL,0,0,0,1,1,'pending',0,0,NULL,'["Ada Alder"]',NULL,'',0,0,'','[]','[]','','','',NULL,'','[]','{}','[]',NULL,0,NULL,NULL,'','','');
CREATE TABLE bands (
	band BIGINT NOT NULL, 
	article_id TEXT NOT NULL, 
	PRIMARY KEY (band, article_id)
)
 WITHOUT ROWID

;
INSERT INTO "bands" VALUES(-3,'bb7c819f1c634d52');
INSERT INTO "bands" VALUES(1,'bb7c819f1c634d52');
INSERT INTO "bands" VALUES(1,'e6a6b373bf770f76');
INSERT INTO "bands" VALUES(2,'bb7c819f1c634d52');
INSERT INTO "bands" VALUES(5,'e6a6b373bf770f76');
CREATE TABLE composed (
	profile TEXT NOT NULL, 
	start_at BIGINT NOT NULL, 
	end_at BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (profile, start_at, end_at)
);
INSERT INTO "composed" VALUES('default',1794787200000000,1795392000000000,85,'# Issue 85
');
CREATE TABLE deliveries (
	profile TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	sink TEXT NOT NULL, 
	recipient TEXT NOT NULL, 
	sent_at BIGINT NOT NULL, 
	PRIMARY KEY (profile, number, sink, recipient)
);
INSERT INTO "deliveries" VALUES('default',84,'mail','ada@acme.example',1795255200000000);
CREATE TABLE edges (
	a TEXT NOT NULL, 
	b TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	similarity FLOAT NOT NULL, 
	PRIMARY KEY (a, b, reason)
)
 WITHOUT ROWID

;
INSERT INTO "edges" VALUES('bb7c819f1c634d52','e6a6b373bf770f76','text',0.9);
CREATE TABLE entries (
	source TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	guid TEXT NOT NULL, 
	guid_hash BIGINT NOT NULL, 
	url TEXT NOT NULL, 
	title TEXT NOT NULL, 
	authors TEXT NOT NULL, 
	published_at BIGINT, 
	updated_at BIGINT, 
	tags TEXT NOT NULL, 
	image TEXT, 
	language TEXT, 
	first_seen_at BIGINT NOT NULL, 
	summary_html TEXT NOT NULL, 
	content_html TEXT NOT NULL, 
	PRIMARY KEY (source, "key")
);
INSERT INTO "entries" VALUES('acme','acme.example/queues','bb7c819f1c634d52','f001a0e2788bd158','https://acme.example/queues',1476804894619227638,'https://acme.example/queues','Queues without tears','["Ada Alder"]',1794268800000000,NULL,'["queues"]',NULL,NULL,1795255200000000,'<p>How a queue was tamed.</p>','<p>The queue grew every night until a worker was given a budget.</p>');
INSERT INTO "entries" VALUES('mirror','mirror.example/acme-queues','e6a6b373bf770f76','18dbf7c707d49bef','https://mirror.example/acme-queues',-6661662158894557363,'https://mirror.example/acme-queues','Queues without tears','["Ada Alder"]',1794268800000000,NULL,'["queues"]',NULL,NULL,1795255200000000,'<p>How a queue was tamed.</p>','<p>The queue grew every night until a worker was given a budget.</p>');
INSERT INTO "entries" VALUES('acme','acme.example/caches','c8bf6e80a16e108f','d8e891d68eceb6aa','https://acme.example/caches',-678293131070325068,'https://acme.example/caches','Caches that forget','["Ada Alder"]',1794268800000000,NULL,'["queues"]',NULL,NULL,1795255200000000,'<p>How a queue was tamed.</p>','<p>The queue grew every night until a worker was given a budget.</p>');
CREATE TABLE feeds (
	source TEXT NOT NULL, 
	url TEXT NOT NULL, 
	current_url TEXT, 
	state TEXT NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	body_hash TEXT, 
	failures INTEGER NOT NULL, 
	last_error TEXT, 
	last_checked_at BIGINT, 
	begun_at BIGINT, 
	backfilled_at BIGINT, 
	last_success_at BIGINT, 
	next_check_at BIGINT, 
	interval FLOAT, 
	usual_new FLOAT, 
	move_target TEXT, 
	move_seen INTEGER NOT NULL, 
	language TEXT, move_since BIGINT, asked_at BIGINT, wait_seconds INTEGER, skip_hours TEXT, skip_days TEXT, 
	PRIMARY KEY (source)
);
INSERT INTO "feeds" VALUES('acme','https://acme.example/feed.xml',NULL,'ok','W/"1"',NULL,NULL,0,NULL,1795255200000000,NULL,NULL,NULL,NULL,NULL,NULL,'https://acme.example/new',2,NULL,1763200800000000,1762592400000000,7200,'[0,23]','[6]');
INSERT INTO "feeds" VALUES('mirror','https://mirror.example/feed.xml',NULL,'ok',NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE hosts (
	host TEXT NOT NULL, 
	robots_text TEXT, 
	robots_status INTEGER, 
	robots_expires_at BIGINT, 
	blocked_until BIGINT, 
	pause FLOAT, 
	PRIMARY KEY (host)
);
INSERT INTO "hosts" VALUES('acme.example','User-agent: *
Crawl-delay: 2
',200,1795341600000000,NULL,2.5);
CREATE TABLE issues (
	profile TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	start_at BIGINT NOT NULL, 
	end_at BIGINT NOT NULL, 
	published_at BIGINT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (profile, number)
);
INSERT INTO "issues" VALUES('default',84,1794182400000000,1794787200000000,1795255200000000,'# Issue 84
');
CREATE TABLE ledger (
	profile TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	article_id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	tags TEXT NOT NULL, 
	PRIMARY KEY (profile, number, position)
);
INSERT INTO "ledger" VALUES('default',84,0,'bb7c819f1c634d52','acme.example/queues','Queues without tears','["queues","reliability"]');
CREATE TABLE turns (
	lane TEXT NOT NULL, 
	holder TEXT, 
	held_until BIGINT, 
	ready_at BIGINT NOT NULL, 
	PRIMARY KEY (lane)
);
CREATE TABLE word_docs (
	doc INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	article_id TEXT NOT NULL, 
	UNIQUE (article_id)
);
INSERT INTO "word_docs" VALUES(1,'bb7c819f1c634d52');
INSERT INTO "word_docs" VALUES(2,'c8bf6e80a16e108f');
INSERT INTO "word_docs" VALUES(3,'e6a6b373bf770f76');
CREATE TABLE 'words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "words_config" VALUES('version',4);
CREATE TABLE 'words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "words_data" VALUES(1,X'0325');
INSERT INTO "words_data" VALUES(10,X'000000000101010001010101');
INSERT INTO "words_data" VALUES(137438953473,X'000000A20230610102010662756467657401020106636163686573020105657665727901020106666F72676574020105676976656E01020203726577010201056B65657073010201056E6967687401020105717565756501020601730102010573686F7274010201057465617273010202036861740203016501020105756E74696C0102010377617301020203697468010205036F7574010202056F726B6572010204050A0909090907090909050909060509070707');
CREATE TABLE 'words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "words_idx" VALUES(1,X'',2);
CREATE INDEX entries_article ON entries (article_id);
CREATE INDEX entries_guid ON entries (source, guid_hash);
CREATE INDEX aliases_article ON aliases (article_id);
CREATE INDEX articles_canonical ON articles (canonical_key) WHERE canonical_key IS NOT NULL;
CREATE INDEX articles_copies ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_held ON articles (source) WHERE held;
CREATE INDEX articles_label_due ON articles (id, source) WHERE label_wanted AND NOT labelled;
CREATE INDEX articles_newest ON articles (coalesce(published_at, first_seen_at), id, first_seen_at, source, duplicate_of, published_at);
CREATE INDEX articles_page_due ON articles (id, page_next_at, source) WHERE page_next_at IS NOT NULL;
CREATE INDEX articles_title ON articles (title_key) WHERE title_key IS NOT NULL;
CREATE INDEX articles_unsearched ON articles (id) WHERE NOT searched;
CREATE INDEX edges_b ON edges (b);
CREATE INDEX ledger_article ON ledger (article_id, profile, number);
CREATE INDEX feeds_due ON feeds (next_check_at, source);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('word_docs',3);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql) VALUES('table','words','words',0,'CREATE VIRTUAL TABLE words USING fts5(tokens, content='''', columnsize=0, detail=none, tokenize=''ascii'')');
PRAGMA writable_schema=OFF;
COMMIT;
