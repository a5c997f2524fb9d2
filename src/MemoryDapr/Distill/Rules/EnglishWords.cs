using System.Collections.Frozen;

namespace MemoryDapr.Distill.Rules;

/// <summary>The few word lists by which the rules read English.</summary>
internal static class EnglishWords
{
    /// <summary>Words that carry no topic.</summary>
    public static FrozenSet<string> Empty { get; } = Set(
        """
        a about above actually after again all almost already also although always am an and another any anyone anything are aren't around as
        at away awesome back be became because been before being best better bit both but by came can can't come could couldn't did didn't do
        does doesn't doing don't done down each else even ever every everyone everything feel feeling few first for from gave get gets getting
        glad go goes going gone gonna good got great guess had happy has hasn't have haven't having he he's her here hers herself hey hi him
        himself his hope how however i i'd i'll i'm i've if in into is isn't it it's its itself just keep kind know last later least let let's
        like literally little look looking looks lot lots love made make makes making many maybe me mean might mine more most much must my
        myself need never new next nice no none nope not nothing now of off often oh ok okay on once one only onto or other our ours out over
        own people pretty probably quite rather really right said same saw say see seem seems she she's should show since so some someone
        something soon sorry still such super sure take tell than thank thanks that that's the their them themselves then there there's these
        they they're thing things think this those though through time to today together tomorrow too totally took toward tried true try
        trying under until up us use used using usually very want wanted was wasn't way we we'd we'll we're we've well went were weren't what
        what's when where which while who why will with without won't wonderful would wouldn't wow yeah yep yes yesterday yet you you'd you'll
        you're you've your yours yourself amazing cool definitely glad hello absolutely lately day days week weeks month months year years ago
        guys guy hear heard keep put start started stuff talk talking please remember forget note mentioned
        """);

    /// <summary>Words whose presence shows that a text is English.</summary>
    public static FrozenSet<string> Marks { get; } = Set(
        "the and is are was were to of it that this my i you we they have has had for with at on not but be been do did will would can from about so just it's i'm don't");

    /// <summary>Words that stand between a subject and its verb.</summary>
    public static FrozenSet<string> Adverbs { get; } = Set(
        """
        really also just always never still usually often definitely actually totally even only currently finally recently probably sometimes
        mostly truly absolutely already almost honestly basically certainly clearly completely constantly deeply easily especially eventually
        fully generally gladly hardly highly kinda literally mainly nearly normally obviously originally personally quickly rarely regularly
        simply slowly soon strongly typically ultimately now then once first both all
        """);

    /// <summary>Whether the word may stand between a subject and its verb.</summary>
    public static bool IsAdverb(string word) =>
        Adverbs.Contains(word) || (word.Length > 5 && word.EndsWith("ly", StringComparison.OrdinalIgnoreCase) && !VerbsInLy.Contains(word));

    /// <summary>Verb forms that are the same for every subject, or that are past.</summary>
    public static FrozenSet<string> Unchanging { get; } = Set(
        """
        can can't cannot could couldn't will won't would wouldn't shall should shouldn't may might must had hadn't did didn't ought
        went got made took saw came knew thought felt found gave told left met ran said sat sold sent slept spoke spent stood swam taught
        threw understood woke won wore wrote began broke brought built bought caught chose drew drank drove ate fell flew forgot grew heard
        held kept lost lent paid rode rang rose shook shut sang became bit blew dug dealt fed fought froze hid hung laid led lit sought shot
        sank stuck stole struck swore swept tore wound put set read let cut hit quit cost hurt bet burst cast spread upset used
        overcame undertook withdrew outgrew redid undid mistook began sprang stung swung wept
        """);

    /// <summary>Words that end in -ed without being past.</summary>
    public static FrozenSet<string> PresentInEd { get; } = Set("need feed speed bleed breed proceed succeed exceed seed weed");

    /// <summary>Verbs that end as adverbs do.</summary>
    private static FrozenSet<string> VerbsInLy { get; } = Set("supply comply multiply butterfly");

    /// <summary>Words with which a sentence begins that has left out "I am" or "I": "looking forward to it", "appreciate your help".</summary>
    public static FrozenSet<string> ElidedBeing { get; } = Set("looking hoping planning thinking trying working loving glad proud grateful thankful");

    /// <summary>See <see cref="ElidedBeing"/>.</summary>
    public static FrozenSet<string> ElidedDoing { get; } = Set("appreciate hope wish miss");

    /// <summary>Adjectives that say how somebody feels and look like past verbs.</summary>
    public static FrozenSet<string> Feelings { get; } = Set(
        "excited interested worried tired thrilled blessed pleased honored relieved surprised amazed determined stressed bored scared inspired delighted overwhelmed");

    /// <summary>Verbs with which somebody is told to do something.</summary>
    public static FrozenSet<string> Imperatives { get; } = Set(
        "let's let keep take enjoy check look have don't please tell remember try make stay be give come see talk hang go good congrats congratulations happy best");

    /// <summary>Of these the ones that are verbs, so that "to" can stand before them.</summary>
    public static FrozenSet<string> Orders { get; } = Set(
        "let keep take enjoy check look have don't tell remember try make stay be give come see talk hang go book find send bring call ask remind add");

    /// <summary>Verbs that can stand alone or before another.</summary>
    public static FrozenSet<string> Auxiliaries { get; } = Set(
        """
        am is are was were be been have has had do does did can could will would shall should may might must cannot can't couldn't won't wouldn't
        shouldn't isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't it's that's there's he's she's who's gonna gotta wanna
        """);

    /// <summary>Words after which a noun follows, never a verb.</summary>
    public static FrozenSet<string> Determiners { get; } = Set("a an the my your his her its our their this these those some any no every each another");

    /// <summary>Words that begin a clause which describes a noun.</summary>
    public static FrozenSet<string> Relatives { get; } = Set("that which who whom whose where when");

    /// <summary>Common verbs as they stand after "they".</summary>
    public static FrozenSet<string> Verbs { get; } = Set(
        """
        live work love like need want think know say see feel play run walk swim ride drive fly sail cook bake paint draw write read sing dance study
        learn teach help try start begin end finish open close go come get take bring give keep make buy sell pay spend save cost move stay leave
        arrive travel visit meet call talk speak tell ask answer hear listen watch look find lose win build repair fix clean wash sleep wake eat
        drink smoke wear grow own collect hate prefer enjoy hope wish plan believe remember forget understand mean seem become turn
        celebrate marry expect join suffer practise practice rent book order serve offer suggest support include contain belong depend happen matter weigh
        hold sit stand lie fall rise break hurt ache fit suit miss share show send
        """);

    private static FrozenSet<string> Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
