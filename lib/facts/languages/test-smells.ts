/** What weak tests look like in each language. Patterns see one statement or one call, white space folded, 400 characters. */
export interface TestSmellTable {
  /** Holds whatever the code does. Group `same`: one expression on both sides, which may also ask an object about itself. */
  tautologies: readonly RegExp[];
  /** Only asks that something is there. */
  notNull?: RegExp;
  /** Call that puts a double in the place of a collaborator. A bare callback that records its calls is none. */
  mock?: RegExp;
  /** Only asks whether a double was called. */
  mockCheck?: RegExp;
  /** Compares with a stored snapshot, whatever it holds. */
  snapshot?: RegExp;
  /** Calls that reach outside the test, by what they depend on. */
  guests?: Partial<Record<'network' | 'file' | 'environment' | 'random', RegExp>>;
  /** The present time inside an assertion. */
  clock?: RegExp;
  /** An `if` is how the language asserts. */
  isIfAssertion?: boolean;
  /** Handlers that receive a failed assertion too, by the text of their head. */
  catchesAssertions?: RegExp;
  /** Two tests of one name in one block are a mistake: one hides the other, or nobody can tell them apart. */
  hasUniqueTitles?: boolean;
  /** A failed test is run again: seen in the head of a test, or in a call. */
  retryMark?: RegExp;
  retryCall?: RegExp;
}

const LITERAL = String.raw`(?:true|false|True|False|null|nil|None|nullptr|undefined|-?\d[\d_.]{0,20}|'[^'\\]{0,60}'|"[^"\\]{0,60}")`;
const NAME = String.raw`(?<same>[A-Za-z_$@][\w$.]{0,80})`;
/** A host that nobody else runs: the test's own server, or a name reserved for examples. */
const OWN_HOST = String.raw`(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|\[::|[\w.-]*(?:example|test|invalid|local|mock|fake|dummy|foo|bar|internal)[\w-]*[.:/'"\x60])`;
const REMOTE = String.raw`[A-Za-z]{0,2}['"\x60]https?://(?!${OWN_HOST})[a-z0-9-]+\.[a-z]`;
const ABSOLUTE = String.raw`[A-Za-z]{0,2}['"\x60](?:/(?!dev/)[a-zA-Z]|[A-Za-z]:[\\/]|~/)`;

const pattern = (text: string, flags = ''): RegExp => new RegExp(text, flags);
/** Receivers of an assertion: `this.`, `Assert.`, `self::`, `$this->`. */
const RECEIVER = String.raw`^(?:[\w$\\]{1,40}(?:\.|::|->)){0,3}`;

/** Assertions named as xUnit names them, the expected value first or second. */
const xUnit = [
  pattern(
    String.raw`${RECEIVER}(?:assertTrue|IsTrue|True|isTrue)\((?:"[^"]{0,200}", ?)?true(?:, ?["'][^)]{0,200})?\)$`,
  ),
  pattern(String.raw`${RECEIVER}(?:assertFalse|IsFalse|False)\((?:"[^"]{0,200}", ?)?false(?:, ?["'][^)]{0,200})?\)$`),
  pattern(
    String.raw`${RECEIVER}(?:assert(?:Equals|Same|StrictEquals)|AreEqual|AreSame|Equal|Same)\((?<literal>${LITERAL}), ?\k<literal>\)$`,
  ),
  pattern(String.raw`${RECEIVER}(?:assert(?:Equals|Same)|AreEqual|AreSame|Equal|Same)\(${NAME}, ?\k<same>\)$`),
  pattern(String.raw`^assertThat\((?<literal>${LITERAL})\)\.(?:isEqualTo|isSameAs)\(\k<literal>\)$`),
  pattern(String.raw`^assertThat\(${NAME}\)\.(?:isEqualTo|isSameAs)\(\k<same>\)$`),
  /^assertThat\((?:true\)\.isTrue|false\)\.isFalse)\(\)$/,
];
const xUnitNotNull =
  /^(?:[\w$\\]{1,40}(?:\.|::|->)){0,3}(?:assertNotNull|IsNotNull|NotNull)\(|^assertThat\([^)]{0,300}\)\.isNotNull\(\)$/;

const ecmaEqual = String.raw`(?:toBe|toEqual|toStrictEqual|to\.(?:equal|eql|be|deep\.equal|strictEqual))`;
const ecmaTruth = String.raw`(?:(?:assert|t|chai\.assert)(?:\.(?:ok|isTrue|isOk|true|truthy|assert))?|ok)`;

export const ecmaSmells: TestSmellTable = {
  hasUniqueTitles: true,
  tautologies: [
    pattern(String.raw`^expect\((?<literal>${LITERAL})\)\.${ecmaEqual}\(\k<literal>\)$`),
    pattern(String.raw`^expect\(${NAME}\)\.${ecmaEqual}\(\k<same>\)$`),
    /^expect\(true\)\.(?:toBeTruthy\(\)|to\.be\.(?:true|ok)|toBeDefined\(\))$/,
    /^expect\(false\)\.(?:toBeFalsy\(\)|to\.be\.false)$/,
    pattern(String.raw`^${ecmaTruth}\((?:true|1)(?:, ?['"\x60][^)]{0,200})?\)$`),
    pattern(
      String.raw`^(?:t|assert|chai\.assert)\.(?:is|equals?|strictEqual|deepEqual|deepStrictEqual|same)\((?<literal>${LITERAL}), ?\k<literal>\)$`,
    ),
  ],
  notNull:
    /^expect\([^;]{0,300}\)\.(?:toBeDefined\(\)|not\.(?:toBeNull|toBeUndefined)\(\)|to\.exist|to\.not\.be\.(?:null|undefined))$|^assert\.(?:isDefined|isNotNull|exists)\(/,
  mock: /^(?:jest|vi|vitest)\.(?:mock|doMock|unstable_mockModule|spyOn)$|^(?:sinon|sandbox|sb)\.(?:stub|mock|replace)$|^td\.(?:replace|object|constructor)$|^(?:t\.)?mock\.(?:method|module)$|^(?:proxyquire|rewire)$/,
  mockCheck:
    /\.(?:toHaveBeenCalled\w{0,20}|toBeCalled\w{0,20}|toHaveBeenNthCalledWith|toHaveBeenLastCalledWith|lastCalledWith|nthCalledWith)\(|^sinon\.assert\.|\.have\.been\.called|^td\.verify\(/,
  snapshot: /\.toMatch(?:File)?Snapshot\(|^t\.snapshot\(/,
  guests: {
    network: pattern(
      String.raw`^(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?|request(?:\.\w+)?|https?\.(?:get|request))\(\s?${REMOTE}`,
    ),
    file: pattern(
      String.raw`^(?:fs\.|fsp\.|promises\.)*(?:readFile|writeFile|appendFile|createReadStream|createWriteStream|mkdir|unlink|existsSync|readdir|rmSync)\w{0,4}\(\s?${ABSOLUTE}`,
    ),
    random: /^(?:Math\.random|(?:crypto\.)?randomInt)\(/,
    environment: /^(?:Deno\.env\.get)\(/,
  },
  clock: /\b(?:Date\.now\(\)|new Date\(\)\.(?:get|to|valueOf)\w{0,20}|performance\.now\(\))/,
  catchesAssertions: /^catch\b/,
  retryMark: /[{,]\s?(?:retry|retries)\s?:\s?[1-9]/,
  retryCall: /^(?:jest\.retryTimes|this\.retries|test\.retry|vi\.retry)\(\s?[1-9]/,
};

export const pythonSmells: TestSmellTable = {
  hasUniqueTitles: true,
  tautologies: [
    /^assert (?:True|1|not False)(?:, ?.{0,200})?$/,
    pattern(String.raw`^assert (?<literal>${LITERAL}) (?:==|is) \k<literal>$`),
    pattern(String.raw`^assert ${NAME} (?:==|is) \k<same>$`),
    /^self\.(?:assertTrue\(True|assertFalse\(False)\b/,
    pattern(String.raw`^self\.assert(?:Equals?|Is)\((?<literal>${LITERAL}), ?\k<literal>\)$`),
    pattern(String.raw`^self\.assert(?:Equals?|Is)\(${NAME}, ?\k<same>\)$`),
    // A tuple is true whatever it holds.
    /^assert \([^"']{1,200}, ?f?(?:"[^"]{0,200}"|'[^']{0,200}') ?,?\)$/,
  ],
  notNull: /^assert (?!.{0,300} (?:and|or) )[^=<>!]{1,200} is not None$|^self\.assertIsNotNone\(/,
  mock: /^(?:(?:unittest\.)?mock\.)?(?:Mock|MagicMock|AsyncMock|NonCallableMock|PropertyMock|create_autospec|patch(?:\.(?:object|multiple))?)$|^mocker\.(?:patch(?:\.\w+)?|Mock|MagicMock|AsyncMock|stub|create_autospec)$/,
  mockCheck:
    /\.assert_(?:called|not_called|any_call|has_calls|awaited|not_awaited|has_awaits|any_await)\w{0,20}\(|^assert (?:not )?[\w.[\]]{1,80}\.(?:called|call_count|call_args|call_args_list|mock_calls|await_count)\b/,
  guests: {
    network: pattern(
      String.raw`^(?:requests|httpx)\.(?:get|post|put|patch|delete|head|request)\(\s?${REMOTE}|^(?:urllib\.request\.)?urlopen\(\s?${REMOTE}`,
    ),
    file: pattern(
      String.raw`^(?:io\.)?open\(\s?${ABSOLUTE}|^os\.(?:remove|mkdir|makedirs|listdir|unlink)\(\s?${ABSOLUTE}`,
    ),
    random:
      /^(?:random|np\.random|numpy\.random)\.(?:rand\w{0,10}|choice|choices|shuffle|sample|uniform|gauss|normal|getrandbits)\(/,
    environment: /^os\.(?:getenv|environ\.get)\(/,
  },
  clock: /\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|monotonic|perf_counter))\(/,
  catchesAssertions: /^except\s?:|^except \(?(?:Base)?Exception\b|^except \(?AssertionError\b/,
  retryMark: /^@(?:pytest\.mark\.)?(?:flaky|retry)\b/m,
};

export const goSmells: TestSmellTable = {
  tautologies: [
    pattern(String.raw`^(?:assert|require|is|suite|s)\.(?:True|Truef)\((?:[a-z]{1,3}, ?)?true(?:, ?.{0,200})?\)$`),
    pattern(
      String.raw`^(?:assert|require)\.(?:Equal|EqualValues|Same|Exactly)\([a-z]{1,3}, ?(?<literal>${LITERAL}), ?\k<literal>\)$`,
    ),
    pattern(String.raw`^(?:assert|require)\.(?:Equal|EqualValues|Same|Exactly)\([a-z]{1,3}, ?${NAME}, ?\k<same>\)$`),
  ],
  notNull: /^(?:assert|require)\.NotNilf?\(/,
  mock: /^(?:\w{1,40}\.)?NewMock\w{1,60}$/,
  mockCheck: /\.Assert(?:Expectations|Called|NotCalled|NumberOfCalls)\(/,
  guests: {
    network: pattern(
      String.raw`^http\.(?:Get|Post|Head)\(\s?${REMOTE}|^net\.Dial\("tcp", ?"(?!${OWN_HOST})[a-z0-9-]+\.[a-z]`,
    ),
    file: pattern(
      String.raw`^(?:os|ioutil)\.(?:Open|ReadFile|WriteFile|Create|Mkdir|MkdirAll|Remove|RemoveAll)\(\s?${ABSOLUTE}`,
    ),
    random: /^rand\.(?:Int\w{0,6}|Float\w{0,4}|Perm|Shuffle|Uint\w{0,4})\(/,
    environment: /^os\.(?:Getenv|LookupEnv)\(/,
  },
  clock: /\btime\.(?:Now|Since)\(/,
  isIfAssertion: true,
};

export const javaSmells: TestSmellTable = {
  tautologies: [...xUnit, /^assert true\b/],
  notNull: xUnitNotNull,
  mock: /^(?:Mockito\.|BDDMockito\.|EasyMock\.)?(?:mock|mockStatic|mockConstruction|spy|create(?:Nice|Strict)?Mock)$/,
  mockCheck: /^(?:Mockito\.|EasyMock\.)?verify\w{0,30}\(|^then\(\w{1,40}\)\.should/,
  guests: {
    file: pattern(
      String.raw`^new File(?:InputStream|OutputStream|Reader|Writer)\(\s?${ABSOLUTE}|^Files\.(?:read|write|new|create|delete)\w{0,20}\(Paths?\.(?:get|of)\(\s?${ABSOLUTE}`,
    ),
    random: /^(?:new Random\(\)|Math\.random\()/,
    environment: /^System\.getenv\(/,
  },
  clock:
    /\b(?:System\.(?:currentTimeMillis|nanoTime)\(\)|(?:LocalDate|LocalDateTime|Instant|ZonedDateTime|OffsetDateTime)\.now\(\))/,
  catchesAssertions: /^catch \([^)]{0,100}\b(?:Throwable|AssertionError|Error)\b/,
  retryMark: /@(?:\w{1,30}\.)?(?:RepeatedIfExceptionsTest|RetryingTest|Flaky|FlakyTest|RetryTest)\b/,
};

export const kotlinSmells: TestSmellTable = {
  ...javaSmells,
  tautologies: [...xUnit, pattern(String.raw`^(?<literal>${LITERAL}) shouldBe \k<literal>$`)],
  notNull:
    /^(?:\w{1,40}\.){0,2}assertNotNull\(|^assertThat\([^)]{0,300}\)\.isNotNull\(\)$|^[^=]{1,100}\.shouldNotBeNull\(\)$/,
  mock: /^(?:mockk|spyk|mockkStatic|mockkObject|mock|spy)(?:<[^<>]{0,80}>)?$/,
  mockCheck: /^(?:co)?[vV]erify\w{0,30}\s?[({]/,
  guests: {
    file: pattern(String.raw`^File\(\s?${ABSOLUTE}[^)]{0,200}\)\.(?:read|write|append|delete|create)`),
    random: /^(?:Random\.next\w{0,10}|Math\.random)\(|^Random\(\)/,
    environment: /^System\.getenv\(/,
  },
};

export const rustSmells: TestSmellTable = {
  tautologies: [
    /^assert!\(true(?:, ?.{0,200})?\)$/,
    pattern(String.raw`^assert_eq!\((?<literal>${LITERAL}), ?(?:\k<literal>)\)$`),
    pattern(String.raw`^assert_eq!\(&?${NAME}, ?&?\k<same>\)$`),
  ],
  mock: /^Mock\w{1,60}::(?:new|default)$/,
  snapshot: /^(?:insta::)?assert_(?:\w{1,20}_)?snapshot!\((?!.{0,390}@r?#{0,3}")/,
  guests: {
    network: pattern(String.raw`^reqwest::(?:blocking::)?get\(\s?${REMOTE}`),
    file: pattern(
      String.raw`^(?:std::)?fs::(?:read|write|read_to_string|create_dir|remove_file|remove_dir_all|File::open)\w{0,5}\(\s?${ABSOLUTE}|^File::(?:open|create)\(\s?${ABSOLUTE}`,
    ),
    random: /^(?:rand::)?(?:random|thread_rng)(?:::<\w{1,20}>)?\(/,
    environment: /^(?:std::)?env::var(?:_os)?\(/,
  },
  clock: /\b(?:Instant|SystemTime)::now\(\)/,
};

const cEqual = '(?:ASSERT|EXPECT|REQUIRE|CHECK|BOOST_CHECK|BOOST_REQUIRE|TEST_ASSERT)_(?:EQ|EQUAL|STREQ|INT_EQ)';

export const cSmells: TestSmellTable = {
  tautologies: [
    /^(?:ASSERT|EXPECT|REQUIRE|CHECK|BOOST_CHECK|BOOST_TEST|BOOST_REQUIRE|TEST_ASSERT)(?:_TRUE)?\((?:true|1)\)$/,
    pattern(String.raw`^${cEqual}\((?<literal>${LITERAL}), ?\k<literal>\)$`),
    pattern(String.raw`^${cEqual}\(${NAME}, ?\k<same>\)$`),
  ],
  notNull:
    /^(?:(?:ASSERT|EXPECT)_NE\([^,]{1,200}, ?(?:nullptr|NULL)\)|(?:ASSERT|EXPECT)_NE\((?:nullptr|NULL),|TEST_ASSERT_NOT_NULL\()/,
  mockCheck: /^EXPECT_CALL\(/,
  guests: {
    file: pattern(String.raw`^(?:f?open)\(\s?${ABSOLUTE}`),
    random: /^(?:std::)?(?:rand|random)\(\)/,
    environment: /^(?:std::)?getenv\(/,
  },
  clock: /\b(?:time\((?:NULL|nullptr|0)\)|(?:system|steady|high_resolution)_clock::now\(\))/,
};

export const csharpSmells: TestSmellTable = {
  tautologies: [...xUnit, /^Assert\.That\(true(?:, ?Is\.True)?\)$/],
  notNull:
    /^Assert\.(?:IsNotNull|NotNull)\(|^Assert\.That\([^;]{0,300}, ?Is\.Not\.Null\)$|\.Should\(\)\.NotBeNull\(\)$/,
  mock: /^(?:Moq\.)?Mock<|^Substitute\.For\b|^A\.Fake\b|^Mock\.Of\b/,
  mockCheck: /\.Verify\w{0,10}\(|\.Received\w{0,20}\(|\.DidNotReceive|\.MustHaveHappened|\.MustNotHaveHappened/,
  guests: {
    file: pattern(String.raw`^File\.(?:Read|Write|Open|Create|Delete|Append)\w{0,15}\(\s?@?${ABSOLUTE}`),
    random: /^(?:new (?:System\.)?Random\(\)|Random\.Shared\.)/,
    environment: /^Environment\.GetEnvironmentVariable\(/,
  },
  clock: /\bDateTime(?:Offset)?\.(?:Utc)?(?:Now|Today)\b/,
  catchesAssertions: /^catch\s?(?:$|\{|\((?:System\.)?Exception\b)/,
  retryMark: /\[\s?(?:Retry\(|Retry(?:Fact|Theory)\b|Flaky)/,
};

export const phpSmells: TestSmellTable = {
  tautologies: [
    ...xUnit,
    pattern(String.raw`^(?:\$this->|self::|static::)assert(?:Equals|Same)\((?<same>\$[\w>-]{1,80}), ?\k<same>\)$`),
    /^expect\((?:true\)->toBeTrue|false\)->toBeFalse)\(\)$/,
    pattern(String.raw`^expect\((?<literal>${LITERAL})\)->to(?:Be|Equal)\(\k<literal>\)$`),
  ],
  notNull: xUnitNotNull,
  mock: /(?:^|\.)(?:createMock|createStub|createConfiguredMock|createPartialMock|getMockBuilder|prophesize|getMockForAbstractClass)$|^\\?Mockery\b.{0,40}\b(?:mock|spy)$/,
  mockCheck:
    /->expects\(|->shouldHaveReceived|->shouldNotHaveReceived|->shouldHaveBeenCalled|->shouldNotHaveBeenCalled/,
  snapshot: /^\$this->assertMatches\w{0,20}Snapshot\(|->toMatchSnapshot\(/,
  guests: {
    network: pattern(String.raw`^file_get_contents\(\s?${REMOTE}`),
    file: pattern(String.raw`^(?:file_get_contents|file_put_contents|fopen|unlink|mkdir)\(\s?${ABSOLUTE}`),
    random: /^(?:rand|mt_rand|random_int|shuffle|array_rand)\(/,
    environment: /^getenv\(/,
  },
  clock: /\b(?:time\(\)|new \\?DateTime(?:Immutable)?\(\)|date\('[^']{0,20}'\))/,
  catchesAssertions: /^catch \(\\?(?:Exception|Throwable)\b/,
  retryMark: /#\[\s?(?:Retry|Flaky)\b|@retry\b/,
};

export const rubySmells: TestSmellTable = {
  hasUniqueTitles: true,
  tautologies: [
    /^assert[ (]true\)?(?:, ?.{0,200})?$/,
    pattern(String.raw`^assert_equal[ (](?<literal>${LITERAL}), ?\k<literal>\)?$`),
    pattern(String.raw`^assert_(?:equal|same)[ (]${NAME}, ?\k<same>\)?$`),
    pattern(String.raw`^expect\((?<literal>${LITERAL})\)\.to (?:eq|eql|equal|be)[ (]\k<literal>\)?$`),
    pattern(String.raw`^expect\(${NAME}\)\.to (?:eq|eql)[ (]\k<same>\)?$`),
  ],
  notNull: /^(?:refute_nil|assert_not_nil)\b|^expect\([^;]{0,300}\)\.(?:not_to|to_not) be_nil$/,
  mock: /^(?:instance_|class_|object_)?double$|^allow(?:_any_instance_of)?$|^Minitest::Mock\.new$|\.(?:stubs|stub_any_instance)$/,
  mockCheck:
    /\.(?:to|not_to|to_not)[ (](?:have_received|receive)\b|^expect\([^;]{0,200}\)\.(?:to|not_to) (?:have_received|receive)\b/,
  guests: {
    network: pattern(String.raw`^(?:Net::HTTP\.get|URI\.open|HTTParty\.\w+)\(\s?(?:URI\()?${REMOTE}`),
    file: pattern(String.raw`^(?:File|IO|Dir)\.(?:read|write|open|new|mkdir|exist\?)[ (]\s?${ABSOLUTE}`),
    random: /^(?:Kernel\.)?rand[ (]|^Random\.rand/,
    environment: /^ENV\.fetch[ (]/,
  },
  clock: /\b(?:Time\.now|Date\.today|DateTime\.now|Time\.zone\.now)\b/,
  catchesAssertions: /^rescue (?:::)?Exception\b/,
  retryMark: /[,(]\s?:?retry(?::| =>)\s?[1-9]/,
};
