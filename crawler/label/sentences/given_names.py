"""Given names: who is called by one alone was introduced before, or is known to the readers of that blog only."""

from __future__ import annotations

import re

# Common ones in many countries; without those that are as well a product's, a place's, a language's or a plain word:
# Julia, Ruby, Ray, Hugo, Travis, Austin, Will, Grace; nor Alice and Bob, who stand for anybody.
GIVEN_NAMES = frozenset(
    """
    aaron abby abdul abhishek adam adrian adriana ahmed aisha akash akira alan albert alejandro aleksandr alessandro
    alex alexander alexandra alexey alexis ali alicia alison allison amanda amit amy ana anand anastasia andre
    andrea andreas andrei andres andrew andrey andy angela angus anil anita anjali ankit ankur anna anne annie
    anthony antoine anton antonio anuj archana arjun arnaud arthur arun ashish ashley asif audrey barbara bart
    bastian beatrice ben benedikt benjamin benoit bernard bernd beth bianca bjorn boris brandon brenda brendan brent
    brett brian bruce bruno bryan caitlin camille carl carla carlos carol caroline cathy cedric celine chad
    charlotte chris christian christina christine christoph christophe christopher cindy claire clara clement cody
    colin connor corey craig cristina curtis cynthia daisuke damien dan daniel daniela daniele danny darren dave
    david deborah deepak denis dennis derek devon diego dieter dimitri divya dmitri dmitry dominic dominik donald
    donna doug douglas dylan eduardo edward elena eli elisabeth elizabeth ellen emanuel emily emma enrique eric
    erica erik erika erin ernesto esteban ethan eugene eva evan fabian fabien fabio farid fatima federico felipe
    fernando filip florian francesca francesco francisco francois franz fred frederic frederik gabriel gabriela
    ganesh gareth gary gaurav geoff george gerald gianluca giles giulia giuseppe glenn gonzalo gordon graham greg
    gregory guido guillaume guillermo gustavo hannah hans harald harish harry hasan heather hector heidi heike helen
    helena henning henrik henry herbert hernan hiroshi holger howard hubert ian ibrahim ignacio igor ines ingrid
    irene isaac isabel isabelle ismail ivan jack jackie jacob jacques jaime jake jakob jakub james jamie jan jane
    janet jared jason javier jay jean jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy
    joan joanna joao joe joel johan johanna johannes john johnny jonas jonathan jorge jose josef joseph josh joshua
    juan judith judy julian julie julien justin kamil karen karim karl karthik kate katherine kathleen kathryn katie
    katrina kaveh keith kelly ken kenji kenneth kevin kim kiran klaus konrad kris krishna kristen kristin kristina
    kumar kurt kyle larry lars laura lauren laurent lawrence leah lee lena leo leon leonardo leslie lewis liam linda
    lisa lorenzo lou louis louise luca lucas lucia lucie luis luiz lukas luke maarten magnus mahesh manoj manuel
    marc marcel marcelo marcin marco marcos marcus margaret maria marie marina marion marius markus marta martha
    martin martina mary masahiro mateusz mathias mathieu matt matteo matthew matthias matthieu maurice mauricio
    maxim maxime megan mehmet meike melanie melissa michael michal michel michele michelle mick miguel mihai mike
    mikhail milan minh miriam mitchell mohamed mohammad mohammed monica monika morgan muhammad murat nadia nancy
    naomi natalia natalie natasha nate nathan neha neil nicholas nick nicola nicolas nicole niels nikhil nikita
    nikolai nina nishant noah norbert oleg olga oliver olivia olivier omar pablo pamela paolo pascal patricia
    patrick paul paula paulo pavel pedro peter petr phil philip philipp philippe pierre piotr prakash pranav
    prashant praveen priya puja quentin rachel rafael rahul raj rajesh rakesh ralf ralph ramesh raphael raul ravi
    rebecca renata renato rene ricardo richard rick rob robert roberto robin rodrigo roger rohan rohit roland roman
    ron ronald rosa ross ruben rudolf russell ryan sabine sachin samantha samir samuel sandeep sandra sanjay
    santiago sara sarah saurabh scott sean sebastian sergei sergey sergio seth shannon sharon shaun shawn sheila
    shreya simon simone sofia sonia sophia sophie sriram stacy stanislav stefan stefanie stefano stephan stephanie
    stephen steve steven stuart subhash sunil suresh susan suzanne sven sylvain takashi tamara tania tanya tara
    tatiana ted teresa terry thibault thomas thorsten tiago tim timothy tobias todd tom tomas tomasz tommy tony
    tracy trevor tyler ulrich uwe vadim valentin valentina valerie vanessa vera veronica vijay vikram viktor vinay
    vincent vishal vivek vlad vladimir walter wei wendy wilhelm william wojciech wolfgang xavier yann yasmin yuki
    yuri yusuf yves yvonne zach zachary zoe
    """.split()  # noqa: SIM905 - read as words, not as six hundred literals
)
# "Alex had", "Ana and Ben spent", "In the spring, Alex had"; but "Alex Lima had", "Alex's parser had".
_SUBJECT = re.compile(
    r"(?:[A-Z][a-z]+ly,? |(?:In|At|On|During|Last|After|For) [^,.;:]{3,50}, )?"
    r"(?P<first>[A-Z][a-z]+)(?: and (?P<second>[A-Z][a-z]+))? (?=[a-z])"
)


def unintroduced(text: str) -> bool:
    """Whether a sentence tells of somebody by a given name alone.

    >>> unintroduced("Ben had a parser of his own."), unintroduced("Ben Lima had a parser of his own.")
    (True, False)
    """
    who = _SUBJECT.match(text)
    if not who or who["first"].lower() not in GIVEN_NAMES:
        return False
    return not re.search(rf"\b{who['first']} (?!and\b)[A-Z]", text)
