extension TextModel {
  /// A thousand first names from many languages, in lower-case letters from a to z: documents to try a model on.
  ///
  /// They were written for this library. Each has 2 to 12 letters, and they are in the order of the alphabet.
  public static let names: [String] = namesAsText.split(whereSeparator: \.isWhitespace).map(String.init)

  // One text, since a compiler takes long over an array of a thousand literals.
  private static let namesAsText = """
    abdi abdullah abebe abena achieng adaeze adam adebayo aditi aditya adnan afonso agathe agnieszka agus ahmad
    aigerim aiko aisha aisulu akiko akinyi akira akosua albert alejandro alfred ali alice alina alisher almaz
    alonso alphonse alva ama amadou amaia amani amara amaru amina aminata amir amrit anahit ananya anastasia
    anders andre andrea andrei andres andrzej angel angelo angus ani anil anjali anna anong antoine anwar aparna
    apolline aponi aputi aram arash aris arjun armand armine arnaud arne aroha aruna asher ashok ashot aung
    avigail avraham awa axel ayan ayanda ayelet ayodele ayse azadeh babak babatunde bahram bambang baraka baris
    barnaby bataar beatrix behrouz bela benedikt benedita benito benjamin berenice bernard bernardo bilal birgit
    bjorn blanca blanka bo boaz bogdan boglarka bojan boleslaw bongani brigid bronwyn bruno budi bukola caleb
    calliope callum camila capucine carlo carlos carolina catalina cecilia cedric celine cem cesar chaminda chaska
    chebet cheng chidi chinedu chioma chipo chiyo chloe christopher citlali claire claudio clemence clement clive
    colin corinne cristina cuauhtemoc cyril cyrus dace daisuke daisy dalia daniyar dariush darya davide dawit
    deepa deepak defne deirdre denis deniz despina dewi diarmuid diego dieter dilnoza dolma dolores domenico
    dongwook dorothy dragan dung edgar edith eduardo eevi efua eiji eimear eitan elena elif ella elsa emeka emi
    emil emily emine emma emre enzo ernesto erwan esmeralda esperanza esra estelle eszter etienne eun eva evelyn
    ewa ezra fabian fabrizio faisal fang farah farai farhad farid farida fatima fatou federico felipe felix femi
    feng ferenc fergus fernand fernando ffion fiona fiorella flavia fleur florian folake francisco frederick fritz
    fumiko fyodor gabriela galina ganbold ganesh gang gaspard gaston genet genevieve gennaro gethin gianni gideon
    gilbert gilles ginevra giorgi giorgos giovanna giovanni gita giuseppe golnaz gonzalo gopal goran goro grace
    graham grazia grazyna greta grigori grzegorz guido gulnara gulsen gurdeep gurvan gustave guy gwen haakon habib
    habiba hadassah haeun haile hakim halina hamish hamza hana hanako hanna hans hao hari harpreet harry haruka
    harumi haruto hassan hatice hayk hector heinrich hemi henrik henry hideo hieu hikari hilla hinemoa hiroshi hoa
    hodan hong honore hua huda hugo huong hussein hye hyun ibrahim ibrahima idil idris ifeoma igor ikenna iker
    ilaria ildiko ilmari imani imogen indah indira ines inti ioanna irina iris isaac isabel isabelle isamu isla
    ismail istvan itzel ivalu ivan ivana ivar ivy jack jacopo jacqueline jacques jaime jakub jamal jamila jan jane
    janis jaswinder javier jelena jennifer jens jerzy jesper ji jian jing jinwoo jiri jiro jitka jiwoo joan joao
    joko jonas joon juan juana judith julia julien juliette juma jun june justine kadiatou kai kaito kalani kamal
    kamala kamau kanya kaori karim karima karin kartika kasper katalin katerina kaveh kavita kazuko kazuo keala
    kehinde keiko kemal kenji kenta kerttu ketevan ketut khadija khalid khanh killa kinga kiptoo kiran kiri kiyomi
    klaus kofi kojo konstantin kostas krishna krzysztof ksenia kumar kwame kwesi laia laima lakshmi laleh lalita
    lan latifa laura laure laurent lauri layla lea leah leandro lei leila leilani leire lela lenka leon leonard
    leonardo leonid lerato lestari levan levon lily lindiwe ling linh lionel livia ljiljana loic lorcan lothar
    lourdes luca lucia lucien ludovica luka lusine maarja mabel madalena maeve mafalda magnus mahmoud mahsa mai
    mairi maite maja makoto malee malgorzata malia malik malika mamadou manfred manish manjit marcela marek margot
    maria mariama mariana marija mariko marko marta maryam masako masaru massimo mateo mathilda matilde matthieu
    maud meera mehmet mei melek mere michael michele michiko midori mihaela mikkel milan mildred milos min ming
    minh minho minji minoru mireia mireille miriam mirjana miroslav mitali miyuki moana modou mohan monica monique
    moshe moussa muhammad murad murat mustafa mwangi nabil nadezhda nadia nahum najwa nalani naledi nam nanami
    nanda nandi nandini naoki naoko nasir nasrin natasha nathalie nathan nathaniel natsumi nayeli neema nestor
    ngaio ngoc ngozi niamh nicholas nicolas nicoletta nicolo niels nikhil nikos niloufar nils nilufer nimal nina
    nino niran njeri nkosana nneka noa noah noam noboru noel noelia nolwenn nomsa noriko nour nuka nune nuno
    nurlan obinna odile oleg olive olivier olumide omar ondrej orestes orhan osamu ostap otieno otto ousmane oyuna
    ozlem padma padraig paloma paolo parisa parvati patrick pau pauline pawel pedro pema penelope peng penny
    persephone peter philip philipp phuong pierre ping piotr pipaluk piret polina poppy priya putri qiang qing
    quang rabia rabindranath rachel radha radka rafael rafiq rahul raj rajesh rakoto ralph ramiro rangi rani rania
    rasa rashid rasmus ratna raul ravi rebeca rehema reiko remi ren rene ricardo riccardo richard rin risto ritva
    rivka roberto rocio rodrigo rohan rolf romain roman romeo rosa rosalba rosemary rostam roya rudo rui rupert
    ruslan ryo saara sachiko sade safiya saga said sakura salama salim salma salome salvador salvatore sami samir
    samira sandor sanduni sanjay santiago sari sarita satoshi saule savitri sayuri scarlett sebastian selam selim
    seoyeon sequoia sergei serkan setsuko sevgi seydou shahnoza shankar shanti sharmila shigeru shinji shira
    shirin shiro shizuka shu sian siavash signe silas silvio simon simona sipho siranush sita sizwe slamet
    slobodan solange solomon solveig somchai sonam soo soraya sorin sota spyros stanislawa stanley stavros stefano
    stepan stjepan stuart subhash suda sumaya sun sungmin sunita suresh susana susumu svetlana sylvain sylvie
    tadashi tadesse tadeusz taeyang tafadzwa takashi takeshi tala tamar tamara tamta tane tao tapan tapio taraneh
    tariq taro tatenda tatiana tendai tenzin teodoro terence thabo thandiwe thao themba therese thiago thierry
    thilini thiri thomas thuy tiago tigist tigran timur ting tobias tolga tomas tomislav tommaso tomoko trang
    tristan troels tuan tunde tuya uchenna ugo ulysse uma urho uri urpi usha uwe vadim vakhtang vangelis vartan
    varun varvara vasili veikko venla vera veronica veronique vidya vijay vikram viktor virginie vishnu vitoria
    vittoria vladimir voahangy vytautas wafa walid wambui wanjiru wati wayan wayra wei wen werner wieslawa wilfred
    william winona wiremu wolfgang xanthe xia ximena xin xiu xochitl yaa yael yan yang yannis yaretzi yaroslav
    yasir yasmin yasuo yegor yeong yetunde yildiz yilmaz ying yitzhak yohannes yoko yong yosef yoshio yue yui yuki
    yulia yumiko yun yusuf yvette yvonne zahra zanele zawadi zayd zaynab zbigniew zdenka zeynep zhen zhi zinaida
    zoe zoi zoran zubaida zurab zuzanna zvonimir
    """
}
